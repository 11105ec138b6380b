"""The ledger: what can be spent. Integers only, and never overdrawn by anything that it grants."""
