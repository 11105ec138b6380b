"""Options that commands share, and where an installation keeps its files."""

from pathlib import Path

import click
from click.testing import CliRunner

from meritorder.cli.options import config_option, data, fail, places
from meritorder.errors import StoreError


@click.command()
@config_option
def shown(file: Path) -> None:
    click.echo(file)


def configured(*arguments: str, variable: str | None = None) -> str:
    return CliRunner().invoke(shown, arguments, env={"MERITORDER_CONFIG": variable}).output.strip()


def test_the_configuration_is_the_one_named_or_else_the_variables_or_else_the_usual_one():
    assert configured() == "meritorder.yaml"
    assert configured(variable="from-variable.yaml") == "from-variable.yaml"
    assert configured("--config", "named.yaml", variable="from-variable.yaml") == "named.yaml"


def test_records_are_kept_beside_the_configuration(tmp_path: Path):
    file = tmp_path / "sub" / ".." / "meritorder.yaml"
    assert data(file) == tmp_path.resolve() / ".meritorder"
    assert places(file).journal == tmp_path.resolve() / ".meritorder" / "records.sqlite"
    assert places(file).configuration == file


def test_prepared_models_are_kept_where_the_user_keeps_caches():
    assert places(Path("meritorder.yaml")).cache.name == "meritorder"


def test_an_error_is_told_in_its_own_words():
    assert fail(StoreError("the disk is full")).message == "the disk is full"
