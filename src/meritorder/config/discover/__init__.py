"""What a first document is made from: the keys that are set and the model servers that answer nearby."""

from meritorder.config.discover.find import Found, Probe, ServedModel, Server, find, probes
from meritorder.config.discover.render import render

__all__ = ["Found", "Probe", "ServedModel", "Server", "find", "probes", "render"]
