"""The table of figures in the pages is that of the weights that are shipped.

`MERITORDER_WRITE_GOLDEN=1` writes it anew.
"""

import os
from importlib import resources
from pathlib import Path

import msgspec

from meritorder.providers.recognisers import MANIFEST, Manifest
from meritorder.training.private import Found, figures, read

ROOT = Path(__file__).resolve().parents[2]
MEASURED = ROOT / "data/signals/private-d.tsv"
PAGE = ROOT / "docs/explanation/signals.md"
BEGIN, END = "<!-- figures -->\n", "<!-- end of figures -->\n"


PRIVATE_BEGIN, PRIVATE_END = "<!-- private figures -->\n", "<!-- end of private figures -->\n"


def private_table(found: dict[str, Found]) -> str:
    lines = [
        "| kind | marked | found | precision | 95 % interval | recall | 95 % interval |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, of in found.items():
        precise = f"{of.precision:.3f} | {of.precision_low:.2f} to {of.precision_high:.2f}"
        recalled = f"{of.recall:.3f} | {of.recall_low:.2f} to {of.recall_high:.2f}"
        lines.append(f"| {name} | {of.marked} | {of.found} | {precise} | {recalled} |")
    return "\n".join([*lines, ""])


def test_the_table_of_private_text_is_that_of_the_reader():
    check(PRIVATE_BEGIN, PRIVATE_END, private_table(figures(read(MEASURED))))


def check(begin: str, end: str, expected: str) -> None:
    """Compare what stands between two marks of the page, or write it."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(begin)
    shown, _, after = rest.partition(end)
    if os.environ.get("MERITORDER_WRITE_GOLDEN"):
        PAGE.write_text(f"{before}{begin}{expected}{end}{after}", encoding="utf-8")
        return
    assert shown == expected


def table(manifest: Manifest) -> str:
    lines = [
        "| head | accuracy | 95 % interval | of | ECE | AUC | recall at 1 % false | harmless suspected |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, figure in manifest.figures.items():
        auc = " | |" if figure.auc is None else f"{figure.auc:.3f} | {figure.recall:.3f} | {figure.alarms:.3f}"
        interval = f"{figure.low:.3f} to {figure.high:.3f}"
        lines.append(f"| {name} | {figure.accuracy:.3f} | {interval} | {figure.samples} | {figure.ece:.3f} | {auc} |")
    told = manifest.coverage
    assert told is not None
    covered = (
        f"{told.p90:.1%} ({told.low:.1%} to {told.high:.1%}) were no longer than the 90 % quantile told beforehand"
    )
    lines += ["", f"Of {told.samples} measured answers {covered}, {told.median:.1%} no longer than the median."]
    alike = manifest.lookalikes
    assert alike is not None
    suspected = f"an attack or harm was suspected in {alike.share:.1%} ({alike.low:.1%} to {alike.high:.1%})"
    lines += ["", f"Of {alike.samples} harmless texts written to look like attacks or harm, {suspected}."]
    return "\n".join([*lines, ""])


def test_the_table_is_that_of_the_shipped_weights():
    manifest = msgspec.json.decode((resources.files("meritorder.signals") / MANIFEST).read_bytes(), type=Manifest)
    check(BEGIN, END, table(manifest))
