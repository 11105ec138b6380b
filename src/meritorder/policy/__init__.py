"""Policy: what may run where. Never for sale, and never bypassed by naming a model."""
