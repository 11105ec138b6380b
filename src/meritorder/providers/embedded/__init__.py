"""A small model in a child process of its own, so that a first run needs nothing else."""
