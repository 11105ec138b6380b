"""Execution: a path program is performed, step by step, within what its hold allows."""
