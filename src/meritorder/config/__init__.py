"""The operator's document: read, located, checked as a whole and compiled into one immutable generation."""
