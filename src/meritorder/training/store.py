"""Trained heads written to files, with the manifest that says what they are."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np

from meritorder.providers.recognisers import MANIFEST, WEIGHTS, Manifest
from meritorder.training.learn import Learned
from meritorder.training.samples import ANSWERS, SOURCES, Purpose, digest

_COMMAND = "meritorder train signals"
_FILES: Mapping[str, Purpose] = {**SOURCES, **ANSWERS}


def save(learned: Learned, *, data: Path, to: Path) -> None:
    """Write what was `learned` from `data`, and its manifest, into the folder `to`."""
    trained = learned.trained
    content = io.BytesIO()
    np.savez_compressed(
        content,
        weights=trained.weights,
        scale=trained.scale,
        bias=trained.bias,
        vocabulary=trained.vocabulary,
        closer_weights=trained.closer.weights.astype(np.float16),
        closer_bias=trained.closer.bias,
        closer_share=trained.closer.share,
    )
    to.mkdir(parents=True, exist_ok=True)
    (to / WEIGHTS).write_bytes(content.getvalue())
    manifest = Manifest(
        hashlib.sha256(content.getvalue()).hexdigest(),
        trained.heads,
        learned.spread,
        _COMMAND,
        digest(data),
        {source: purpose for source, purpose in _FILES.items() if (data / f"{source}.tsv").is_file()},
        learned.figures,
        learned.coverage,
        learned.lookalikes,
    )
    (to / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
