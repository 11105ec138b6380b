from meritorder.providers.minilm import installed
from meritorder.providers.recognisers import shipped
from meritorder.signals.recognisers import Recognisers
from tests.unit.signals.reading import Identifier


def test_a_model_of_meaning_is_there_where_it_is_installed():
    assert (shipped().embed is not None) == installed()


def test_none_is_needed():
    assert Recognisers(Identifier(), shipped().heads, shipped().lengths).embed is None
