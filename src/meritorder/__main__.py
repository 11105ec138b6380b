"""`python -m meritorder` is the command `meritorder`."""

from meritorder.cli import main

main(prog_name="meritorder")
