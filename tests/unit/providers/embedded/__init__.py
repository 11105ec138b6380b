"""Tests of the embedded model, without the model."""
