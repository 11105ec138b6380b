"""The pool: how endpoints are doing, as values and transitions between them."""
