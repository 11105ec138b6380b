from meritorder.signals.privacy.given import FAMOUS, GIVEN, WORDS


def test_there_are_names_of_many_cultures():
    assert len(GIVEN) > 1_500
    assert {"Maria", "Priya", "Kwame", "Yusuf", "Hiroshi", "Zsófia", "Oluwaseun"} <= GIVEN


def test_a_name_is_one_word_with_a_capital():
    assert all(name[0].isupper() and " " not in name for name in GIVEN)


def test_a_name_that_is_a_word_too_is_still_a_name():
    assert WORDS <= GIVEN


def test_the_famous_have_two_names():
    assert all(" " in name for name in FAMOUS)
