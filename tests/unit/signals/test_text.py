from msgspec import Raw

from meritorder.signals.text import everything, size


def test_escapes_are_undone_as_far_as_patterns_need_it():
    fields = {"a": Raw(b'"one\\ntwo\\tthree \\u0040 \\u00a0end"')}
    assert everything(fields, media=False).split() == [b'"one', b"two", b"three", b"@", b'end"']


def test_payloads_are_cut_out_and_what_follows_them_is_not():
    fields = {"a": Raw(b'{"url":"data:image/png;base64,AAAA","text":"after"}')}
    assert everything(fields, media=True) == b'{"url":"data:image/png","text":"after"}'
    assert b"AAAA" in everything(fields, media=False)


def test_an_escaped_character_counts_as_its_bytes():
    assert size(b"abc") == 3
    assert size(b"\\u4e2d") == 3
