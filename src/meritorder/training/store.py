"""Trained heads written to files, with the manifest that says what they are."""

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

import msgspec
import numpy as np

from meritorder.providers.recognisers import MANIFEST, WEIGHTS, Figure, Manifest
from meritorder.training.samples import SOURCES, digest
from meritorder.training.signals import Trained

_COMMAND = "meritorder train signals"


def save(trained: Trained, figures: Mapping[str, Figure], *, data: Path, to: Path) -> None:
    """Write the weights and their manifest into the folder `to`."""
    content = io.BytesIO()
    np.savez_compressed(
        content, weights=trained.weights, scale=trained.scale, bias=trained.bias, vocabulary=trained.vocabulary
    )
    to.mkdir(parents=True, exist_ok=True)
    (to / WEIGHTS).write_bytes(content.getvalue())
    manifest = Manifest(
        hashlib.sha256(content.getvalue()).hexdigest(),
        trained.heads,
        _COMMAND,
        digest(data),
        {source: purpose for source, purpose in SOURCES.items() if (data / f"{source}.tsv").is_file()},
        dict(figures),
    )
    (to / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
