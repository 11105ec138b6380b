"""Signals that were learned: features of a text, the heads that weigh them, and what their answers mean."""
