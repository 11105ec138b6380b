"""Routing: constrain, quote, choose. `decide` is a pure function of the workload and the snapshot."""
