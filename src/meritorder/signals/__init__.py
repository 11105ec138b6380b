"""Workload signals: what kind of semantic work a request is, read without I/O and in bounded time."""
