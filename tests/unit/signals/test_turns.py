from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.signals.turns import turns
from meritorder.types.request import Message

TAGS = ("system-reminder", "environment_context", "open_files", "tool_result", "ide_selection")
PLAIN = st.text(st.characters(exclude_characters="<>", exclude_categories=()))
PIECES = st.lists(st.tuples(st.sampled_from(("", *TAGS)), PLAIN))
FRAGMENTS = st.lists(
    st.sampled_from(
        (
            "<system-reminder>",
            "</system-reminder>",
            '<open_files a="1">',
            "</open_files>",
            "<",
            ">",
            "</",
            "<b>",
            "word",
        )
    )
)


def own(text: str) -> tuple[str, tuple[str, ...]]:
    parted = turns([Message("user", text)])
    return parted.users[0], parted.inserted


@given(PIECES)
def test_what_is_inserted_is_told_apart_from_what_the_user_wrote(pieces: list[tuple[str, str]]):
    text = "".join(f"<{tag}>{part}</{tag}>" if tag else part for tag, part in pieces)
    users, inserted = own(text)
    assert users.strip() == "".join(part for tag, part in pieces if not tag).strip()
    assert inserted == tuple(part for tag, part in pieces if tag)


@given(FRAGMENTS)
def test_every_word_is_the_users_or_inserted_and_never_both(fragments: list[str]):
    numbered = [f" word{place}. " if each == "word" else each for place, each in enumerate(fragments)]
    users, inserted = own("".join(numbered))
    for word in (each.strip() for each in numbered if each.startswith(" word")):
        assert sum(part.count(word) for part in (users, *inserted)) == 1


@pytest.mark.parametrize(
    ("text", "users", "inserted"),
    [
        ("plain words", "plain words", ()),
        ("a < b and c > d", "a < b and c > d", ()),
        ("<div>mine</div>", "<div>mine</div>", ()),
        ("<system-reminder>x</system-reminder>", "", ("x",)),
        ('<file_content path="a.py">x</file_content> fix it', "fix it", ("x",)),
        ("<tool_result>\na\n</tool_result>why?", "why?", ("\na\n",)),
        ("one <open_files>x</open_files> two <open_files>y</open_files> three", "one  two  three", ("x", "y")),
        ("<system-reminder> never closed", "<system-reminder> never closed", ()),
        ("<open_files> <tool_result>x</tool_result> mine", "<open_files>  mine", ("x",)),
        ("</system-reminder> mine <system-reminder>", "</system-reminder> mine <system-reminder>", ()),
        ("<open_files/> mine <open_files>x</open_files>", "<open_files/> mine", ("x",)),
        ("<system-reminders>mine</system-reminders>", "<system-reminders>mine</system-reminders>", ()),
    ],
)
def test_elements_of_agents_are_inserted_and_all_else_is_the_users(text: str, users: str, inserted: tuple[str, ...]):
    assert own(text) == (users, inserted)


def test_turns_are_parted_by_who_wrote_them_in_their_order():
    parted = turns(
        [
            Message("system", "be brief"),
            Message("user", "one <tool_result>a</tool_result>"),
            Message("assistant", "yes"),
            Message("tool", "b"),
            Message("developer", "be kind"),
            Message("function", "c"),
            Message("user", "two"),
        ]
    )
    assert parted.users == ("one", "two")
    assert parted.inserted == ("a", "b", "c")
    assert parted.system == "be brief\nbe kind"


def test_of_no_messages_there_is_nothing():
    parted = turns([])
    assert (parted.users, parted.inserted, parted.system) == ((), (), "")


@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "<system-reminder",
        "<system-reminder ",
        "<system-reminder>",
        "<system-reminder " + "a" * 199,
        "<system-reminder><open_files>",
        "<system-reminder>a</system-reminder>",
        "</system-reminder>",
        "".join(f"<{tag}>" for tag in TAGS),
        "<open_files></open_files><system-reminder>",
    ],
)
def test_a_megabyte_of_the_worst_is_parted_at_once(unit: str):
    text = unit * (1_000_000 // len(unit))
    before = process_time()
    own(text)
    assert process_time() - before < 0.5
