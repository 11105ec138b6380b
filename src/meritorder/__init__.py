"""Meritorder decides how much intelligence each piece of work deserves."""
