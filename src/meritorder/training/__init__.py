"""Training: what the router learns from samples, off the request path."""
