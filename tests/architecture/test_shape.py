"""The tree as it is keeps every limit of tools/shape.py."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_no_figure_of_the_tree_is_over_its_limit():
    done = subprocess.run([sys.executable, "tools/shape.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("shape: ")
