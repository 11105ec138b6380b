"""The gateway: OpenAI-shaped HTTP in front of the engine."""
