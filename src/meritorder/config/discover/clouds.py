"""Well-known clouds, with a small and a large model each.

Prices are list prices as far as known when this was written; qualities are declared, not measured.
"""

from msgspec import Struct

from meritorder.types.request import Ability, Dialect
from meritorder.types.units import Tokens


class CloudModel(Struct, frozen=True):
    """A model in the catalog and its name at the cloud; prices as the document spells them."""

    name: str
    upstream: str
    quality: float
    context: Tokens
    max_output: Tokens
    input: str
    output: str
    cached_input: str = ""


class Cloud(Struct, frozen=True):
    """Where it is, which variable holds its key, what its servers can be asked to do."""

    name: str
    variable: str
    url: str
    dialect: Dialect
    abilities: tuple[Ability, ...]
    models: tuple[CloudModel, ...]


_GPT_5_MINI = CloudModel("gpt-5-mini", "gpt-5-mini", 0.8, 400_000, 128_000, "$0.25", "$2.00", "$0.025")
_GPT_5 = CloudModel("gpt-5", "gpt-5", 0.88, 400_000, 128_000, "$1.25", "$10.00", "$0.125")
_HAIKU = CloudModel("claude-haiku-4-5", "claude-haiku-4-5", 0.8, 200_000, 64_000, "$1.00", "$5.00", "$0.10")
_SONNET = CloudModel("claude-sonnet-4-5", "claude-sonnet-4-5", 0.88, 200_000, 64_000, "$3.00", "$15.00", "$0.30")

CLOUDS: tuple[Cloud, ...] = (
    Cloud(
        "openai",
        "OPENAI_API_KEY",
        "https://api.openai.com/v1",
        "openai",
        ("tools", "vision", "json_object", "json_schema", "other_fields"),
        (_GPT_5_MINI, _GPT_5),
    ),
    Cloud(
        "anthropic",
        "ANTHROPIC_API_KEY",
        "https://api.anthropic.com/v1",
        "anthropic",
        ("tools", "vision"),
        (_HAIKU, _SONNET),
    ),
    Cloud(
        "openrouter",
        "OPENROUTER_API_KEY",
        "https://openrouter.ai/api/v1",
        "openai",
        ("tools", "vision", "json_object", "json_schema", "other_fields"),
        (
            CloudModel("gpt-5-mini", "openai/gpt-5-mini", 0.8, 400_000, 128_000, "$0.25", "$2.00", "$0.025"),
            CloudModel(
                "claude-sonnet-4-5", "anthropic/claude-sonnet-4.5", 0.88, 200_000, 64_000, "$3.00", "$15.00", "$0.30"
            ),
        ),
    ),
    Cloud(
        "groq",
        "GROQ_API_KEY",
        "https://api.groq.com/openai/v1",
        "openai",
        ("tools", "json_object", "seed", "other_fields"),
        (
            CloudModel("llama-3.1-8b", "llama-3.1-8b-instant", 0.6, 131_072, 131_072, "$0.05", "$0.08"),
            CloudModel("llama-3.3-70b", "llama-3.3-70b-versatile", 0.75, 131_072, 32_768, "$0.59", "$0.79"),
        ),
    ),
    Cloud(
        "mistral",
        "MISTRAL_API_KEY",
        "https://api.mistral.ai/v1",
        "openai",
        ("tools", "json_object", "json_schema", "other_fields"),
        (
            CloudModel("mistral-small", "mistral-small-latest", 0.68, 128_000, 32_000, "$0.10", "$0.30"),
            CloudModel("mistral-large", "mistral-large-latest", 0.8, 128_000, 32_000, "$2.00", "$6.00"),
        ),
    ),
    Cloud(
        "gemini",
        "GEMINI_API_KEY",
        "https://generativelanguage.googleapis.com/v1beta/openai",
        "openai",
        ("tools", "vision", "json_object", "json_schema"),
        (
            CloudModel("gemini-2.5-flash", "gemini-2.5-flash", 0.78, 1_048_576, 65_536, "$0.30", "$2.50", "$0.075"),
            CloudModel("gemini-2.5-pro", "gemini-2.5-pro", 0.87, 1_048_576, 65_536, "$1.25", "$10.00", "$0.31"),
        ),
    ),
)
