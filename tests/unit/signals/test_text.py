from msgspec import Raw

from meritorder.signals.text import everything, size


def test_escapes_are_undone_as_far_as_patterns_need_it():
    fields = {"a": Raw(b'"one\\ntwo\\tthree \\u0040 \\u00a0end"')}
    assert everything(fields, media=False).split() == [b'"one', b"two", b"three", b"@", b'end"']


def test_payloads_are_cut_out_and_what_follows_them_is_not():
    payload = b"AAAA" * 100
    fields = {"a": Raw(b'{"url":"data:image/png;base64,%b","data": "%b","text":"after"}' % (payload, payload))}
    read = everything(fields, media=True)
    assert payload not in read
    assert b'"text":"after"' in read
    assert payload in everything(fields, media=False)


def test_what_only_claims_to_be_a_payload_is_read():
    hidden = b"my key is sk-abcdefghijklmnopqrstuvwxyz " * 20
    fields = {"a": Raw(b'{"text":";base64,%b"}' % hidden), "b": Raw(b'{"data":"ada@example.com"}')}
    assert hidden in everything(fields, media=True)
    assert b"ada@example.com" in everything(fields, media=True)


def test_an_escaped_character_counts_as_its_bytes():
    assert size(b"abc") == 3
    assert size(b"\\u4e2d") == 3
