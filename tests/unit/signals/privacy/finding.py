"""What the tests of the readers ask: which kinds stand in a text, and the text of each span."""

from meritorder.signals.privacy.find import spans


def found(text: str) -> list[tuple[str, str]]:
    content = text.encode()
    return [(span.kind, content[span.start : span.end].decode()) for span in spans(content)]


def of(kind: str, text: str) -> list[str]:
    return [said for each, said in found(text) if each == kind]
