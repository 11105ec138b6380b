"""Private text that is told by its form: numbers with check digits, keys, addresses in networks."""
