"""Stub."""

READERS = {}
ANCHORS = ()
