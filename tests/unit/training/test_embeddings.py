import numpy as np

from meritorder.signals.learned.features import features
from meritorder.training.embeddings import HELPED, Embedded, embedded, wanted
from meritorder.training.labels import LABELS
from meritorder.training.samples import Sample, of
from meritorder.training.signals import Trained


def sample(text: str, **labels: str) -> Sample:
    return Sample(text, "prompts-a", "en", labels)


def test_each_text_that_an_embedding_helps_with_is_wanted_once():
    some = [
        sample("b", intent="plan"),
        sample("a", domain="law"),
        sample("b", stakes="low"),
        sample("c", attack="none"),
    ]
    assert wanted(some) == ["a", "b"]


def test_texts_are_embedded_with_their_progress():
    counts: list[int] = []
    texts = [str(number) for number in range(1_100)]
    found = embedded(texts, lambda some: np.array([[float(text)] for text in some], np.float32), counts.append)
    assert {text: float(vector[0]) for text, vector in found.items()} == {text: float(text) for text in texts}
    assert sum(counts) == len(texts)
    assert len(counts) > 1


def test_an_embedding_tells_the_two_kinds_apart_without_any_word(
    trained: Trained, samples: list[Sample], found: Embedded
):
    heads = trained.usable
    for name in ("intent", "domain"):
        head, tests = heads.heads[name], of(samples, "test", name)
        read = [heads.read(features(""), found[each.text]).best(name)[0] for each in tests]
        right = [label == each.labels[name] for label, each in zip(read, tests, strict=True)]
        assert sum(right) > 0.9 * len(right), (name, head)


def test_what_it_does_not_help_with_stays_as_it_was(trained: Trained, samples: list[Sample], found: Embedded):
    heads = trained.usable
    for each in of(samples, "test", "intent"):
        alone, beside = (heads.read(features(each.text), vector) for vector in (None, found[each.text]))
        for name in LABELS.keys() - set(HELPED):
            assert alone.of(name) == beside.of(name)
