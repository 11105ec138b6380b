"""What the gateway costs, measured beside a direct call and a raw Envoy: `python -m benchmarks`."""
