"""Reads the secrets that a document refers to."""

from collections.abc import Mapping
from pathlib import Path

from meritorder.config.amounts import Misfit
from meritorder.config.diagnose import word

_LARGEST = 16_384


class Secrets:
    """Secrets by reference: from variables, and from files beside the document."""

    def __init__(self, environ: Mapping[str, str], folder: Path) -> None:
        self._environ = environ
        self._folder = folder

    def read(self, reference: str) -> str:
        """The secret itself; raises `Misfit`, which names the reference and never what was found there."""
        kind, _, place = reference.partition(":")
        secret = self._variable(place) if kind == "env" else self._file(place)
        if not secret:
            raise Misfit("C-035", f"{word(reference)} is empty", "put the secret there")
        if not secret.isascii() or not secret.isprintable():
            mend = "it must be one line of plain ASCII"
            raise Misfit("C-035", f"{word(reference)} cannot be sent in a header", mend)
        return secret

    def _variable(self, name: str) -> str:
        if name not in self._environ:
            mend = f"set it before the start: {word(f'export {name}=…')}"
            raise Misfit("C-035", f"the variable {word(name)} is not set", mend)
        return self._environ[name].strip()

    def _file(self, place: str) -> str:
        file = self._folder / place
        try:
            with file.open("rb") as opened:
                raw = opened.read(_LARGEST + 1)
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else "not a path"
            mend = "paths are taken from the folder of the document"
            raise Misfit("C-035", f"the file {word(place)} cannot be read: {why.lower()}", mend) from error
        if len(raw) > _LARGEST:
            raise Misfit("C-035", f"the file {word(place)} is too large for a secret", "")
        return raw.decode("utf-8", errors="replace").strip()
