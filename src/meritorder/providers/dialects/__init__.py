"""Wire dialects of upstream models: bytes in, values out, no I/O."""

from collections.abc import Mapping

from meritorder.providers.dialects.anthropic import AnthropicDialect
from meritorder.providers.dialects.openai import OpenAIDialect
from meritorder.providers.dialects.protocol import WireDialect
from meritorder.types.request import Dialect

DIALECTS: Mapping[Dialect, WireDialect] = {"openai": OpenAIDialect(), "anthropic": AnthropicDialect()}
