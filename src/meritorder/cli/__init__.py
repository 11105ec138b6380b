"""The command line: start and stop the gateway, write and check its configuration, read its decisions,
profile prompts, train what is learned.
"""

import click

from meritorder.cli.check import check
from meritorder.cli.explain import explain
from meritorder.cli.init import init
from meritorder.cli.profile import profile
from meritorder.cli.records import records
from meritorder.cli.train import train
from meritorder.cli.up import down, up


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="meritorder", prog_name="meritorder")
def main() -> None:
    """Decide how much intelligence each piece of work deserves, and run it there."""


for command in (up, down, init, check, explain, records, profile, train):
    main.add_command(command)
