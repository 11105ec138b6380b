import re
from pathlib import Path

from meritorder.config.document import (
    COLLECTIONS,
    NESTED,
    EndpointSection,
    ModelSection,
    ObjectiveSection,
    ServedSection,
    SettingsSection,
    TimeoutsSection,
    VirtualModelSection,
    settings_of,
)


def test_settings_are_named_as_the_document_spells_them():
    assert settings_of(ServedSection) == ("model", "as", "price")


def test_the_document_buys_a_balance_unless_it_says_otherwise():
    assert SettingsSection(version=1).objective == "balanced"
    assert SettingsSection(version=1).paths == ("answer", "escalate")


def test_a_served_model_may_be_only_its_name():
    given = {"serves": ["a", {"model": "b", "as": "B"}]}
    served = EndpointSection.model_validate(given).serves
    assert served is not None
    assert [(each.model, each.upstream) for each in served] == [("a", None), ("b", "B")]


def test_an_objective_is_a_dial_or_is_stated_in_money():
    assert VirtualModelSection.model_validate({"objective": "best"}).objective == "best"
    stated = VirtualModelSection.model_validate({"objective": {"value": "$1"}}).objective
    assert isinstance(stated, ObjectiveSection)
    assert stated.value == 1_000_000_000


def test_limits_have_the_documented_defaults():
    limits = TimeoutsSection()
    assert (limits.connect, limits.first_token, limits.idle, limits.total) == (5000, 60_000, 30_000, 600_000)


def test_every_collection_has_its_section():
    assert COLLECTIONS["models"] is ModelSection


def test_every_setting_and_every_code_is_in_the_reference():
    root = Path(__file__).resolve().parents[3]
    page = (root / "docs/reference/configuration.md").read_text(encoding="utf-8")
    words = set(re.findall(r"`(?:\w+\.)?(\w+)`", page))
    sections = [SettingsSection, *COLLECTIONS.values(), *NESTED.values()]
    assert {name for section in sections for name in settings_of(section)} - words == set()
    sources = "".join(file.read_text(encoding="utf-8") for file in (root / "src/meritorder/config").rglob("*.py"))
    assert set(re.findall(r'"(C-\d{3})"', sources)) == set(re.findall(r"^\| (C-\d{3}) ", page, flags=re.MULTILINE))
