import pytest

from meritorder.signals.session import session
from meritorder.signals.turns import turns
from meritorder.types.request import Message
from meritorder.types.workload import Session

LONG = "please tell me how the tides of the northern sea depend on the moon each month"
OTHER = "write an advertisement for organic coffee that appeals to young urban professionals with little spare time"


def said(*messages: str | Message, user_agent: str = "", key: str = "") -> Session:
    listed = [each if isinstance(each, Message) else Message("user", each) for each in messages]
    return session(listed, turns(listed), user_agent, key)


def test_a_first_turn_repeats_and_leaves_nothing():
    assert said("again") == Session(1, tool_loop=False, asked_again=False, shifted=False, client="", key="")


def test_of_no_messages_there_is_no_turn():
    assert said() == Session(0, tool_loop=False, asked_again=False, shifted=False, client="", key="")


def test_the_users_turns_are_counted():
    assert said("one", Message("assistant", "yes"), "two", Message("tool", "x"), "three").turns == 3


@pytest.mark.parametrize(
    ("role", "is_answered"), [("tool", True), ("function", True), ("assistant", False), ("user", False)]
)
def test_a_tools_result_that_is_last_is_being_answered(role: str, is_answered: bool):
    assert said("book a table", Message(role, "done")).tool_loop == is_answered


@pytest.mark.parametrize(
    "now",
    [
        "No, the other one",
        "wrong",
        "That's not what I meant",
        "thats wrong",
        "Try again please",
        "again",
        "it still doesn't work",
        "It does not work",
        "still failing",
        "same error",
        "… no!",
        "Nein, anders",
        "falsch",
        "non, encore",
        "no es correcto",
        LONG,
        LONG + " now",
    ],
)
def test_what_the_last_answer_did_not_settle_is_asked_again(now: str):
    assert said(LONG, now).asked_again


@pytest.mark.parametrize(
    "now",
    [
        "thanks!",
        "Against which currency?",
        "Now the second part",
        "Nobody said so",
        "a wrong answer is fine",
        "Fauxbourdon is what?",
        "Malta, when?",
        "Wrongful dismissal: what is it?",
        "",
    ],
)
def test_going_on_is_not_asking_again(now: str):
    assert not said(LONG, now).asked_again


def test_another_subject_is_a_shift():
    assert said(LONG, OTHER).shifted
    assert said(LONG, OTHER + " each").shifted
    assert not said(LONG, LONG).shifted
    assert not said(LONG, "and in winter?").shifted
    assert not said("and in winter?", OTHER).shifted


def test_only_the_last_two_turns_of_the_user_are_compared():
    assert not said(LONG, OTHER, OTHER).shifted
    assert said(LONG, OTHER, OTHER).asked_again
    assert not said(LONG, OTHER, LONG).asked_again


def test_what_an_agent_inserted_is_not_compared():
    inserted = f"<system-reminder>{LONG}</system-reminder>"
    assert not said(f"{inserted} one", f"{inserted} two").asked_again


@pytest.mark.parametrize(
    ("user_agent", "instructions", "client"),
    [
        ("claude-cli/2.0 (external)", "", "Claude Code"),
        ("", "You are Claude Code, a command line tool.", "Claude Code"),
        ("codex_cli_rs/0.4", "", "Codex"),
        ("", "You are an assistant, powered by Cursor.", "Cursor"),
        ("OpenCode/1.0", "", "OpenCode"),
        ("", "x" * 1_900 + "You are Codex", "Codex"),
        ("", "x" * 2_000 + "You are Codex", ""),
        ("python-requests", "You are helpful.", ""),
        ("not claude-cli", "", ""),
    ],
)
def test_an_agent_is_known_by_its_marks(user_agent: str, instructions: str, client: str):
    assert said(Message("system", instructions), "hi", user_agent=user_agent).client == client


def test_the_users_words_do_not_make_an_agent():
    assert said("You are Codex").client == ""


def test_the_name_of_the_session_is_the_callers():
    assert said("hi", key="s-1").key == "s-1"


@pytest.mark.timeout(5)
@pytest.mark.parametrize("unit", ["a", "a ", " ", "no", "'", "\n"])
def test_long_turns_are_compared_at_once(unit: str):
    text = unit * (2_000_000 // len(unit))
    assert said(text, text).turns == 2
