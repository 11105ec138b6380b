"""Capability paths: the steps they are made of, the programs, and which bindings of them exist."""
