"""How models are reached: wire dialects, transports and the model that Meritorder carries itself."""
