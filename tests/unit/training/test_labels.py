import pytest
from msgspec.structs import replace

from meritorder.errors import ConfigError
from meritorder.training.labels import LABELS, RECIPES, check
from meritorder.training.samples import Sample


def test_every_head_has_a_recipe():
    assert RECIPES.keys() == LABELS.keys()


def test_samples_of_two_kinds_will_do(samples: list[Sample]):
    check(samples)


def test_a_label_that_no_head_has_is_told_with_its_source(samples: list[Sample]):
    wrong = replace(samples[0], labels={**samples[0].labels, "intent": "knit"})
    with pytest.raises(
        ConfigError, match=r"prompts-a\.tsv: `knit` is no label of intent; there is answer, "
    ) as refused:
        check([*samples, wrong])
    assert refused.value.code == "malformed_sample"


@pytest.mark.parametrize("sources", [("safety-a",), ("prompts-a",), ("prompts-r", "safety-g"), ()])
def test_a_head_that_lacks_samples_is_told(samples: list[Sample], sources: tuple[str, ...]):
    with pytest.raises(ConfigError, match="do not have two labels of ") as refused:
        check([each for each in samples if each.source in sources])
    assert refused.value.code == "no_samples"
