from meritorder.providers.client import Target
from meritorder.providers.connection import Connection
from tests.builders import an_endpoint

SECRET = "sk-nobody-may-see-this"


def connection(*, base_url: str = "http://here/v1", embedded: str = "") -> Connection:
    return Connection(base_url, SECRET, embedded, 1, 2, 3, 4, gather=False)


def test_the_key_is_in_no_text_that_is_made_of_a_connection():
    held = connection()
    for text in (repr(held), str(held), f"{held}", f"{held!r}", repr([held]), ascii(held)):
        assert SECRET not in text
    assert held.key == SECRET


def test_the_key_is_not_in_the_text_of_what_holds_a_connection():
    assert SECRET not in repr(Target(an_endpoint(), connection()))


def test_a_connection_says_where_it_leads():
    assert repr(connection()) == "Connection(http://here/v1)"
    assert repr(connection(base_url="", embedded="smollm2-135m")) == "Connection(smollm2-135m)"
