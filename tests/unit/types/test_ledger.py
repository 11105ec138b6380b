from meritorder.types.ledger import Balance


def test_what_is_available_is_neither_posted_nor_held():
    assert Balance("gateway", 100, 30, 20, 0).available == 50


def test_an_overrun_leaves_less_than_nothing_available():
    assert Balance("gateway", 100, 110, 0, 0).available == -10
