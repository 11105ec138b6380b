"""The engine: the order of things in one request's life, and what keeps it alive."""
