"""Private text: what of it stands in a prompt, and where."""
