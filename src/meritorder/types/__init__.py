"""The frozen nouns: what flows from a request to its record.

They are immutable `msgspec.Struct`s (docs/decisions/0001-frozen-structs.md), so that each is made in a
fraction of a microsecond and a stored record decodes back into the very values that were decided on.
"""
