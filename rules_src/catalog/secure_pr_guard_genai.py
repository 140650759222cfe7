"""The span attributes of secure-pr-guard under the names of OpenTelemetry's GenAI conventions, for the same facts."""

from obskit.catalog import SpanAttribute, units
from rules_src.catalog.secure_pr_guard import STEPS, secure_pr_guard

genai_cost = SpanAttribute(
    "gen_ai.usage.cost",
    help="Same as cost.usd, written beside it; never together with gen_ai.usage.cost.amount.",
    service=secure_pr_guard,
    type="float",
    unit=units.USD,
)
genai_cost_amount = SpanAttribute(
    "gen_ai.usage.cost.amount",
    help="Cost of the call in the currency that gen_ai.usage.cost.currency names; replaces cost.usd where only GenAI names are written.",
    service=secure_pr_guard,
    type="float",
    unit=units.USD,
)
genai_cost_currency = SpanAttribute(
    "gen_ai.usage.cost.currency",
    help="ISO 4217 code of the cost's currency.",
    service=secure_pr_guard,
    type="string",
    values=("USD",),
)
genai_cost_source = SpanAttribute(
    "gen_ai.usage.cost.source",
    help="Who computed the cost: the provider in its response, or the recorder from its price table (local).",
    service=secure_pr_guard,
    type="string",
    values=("local", "provider"),
)
genai_request_model = SpanAttribute(
    "gen_ai.request.model", help="Model that was asked for.", service=secure_pr_guard, type="string", at_most=20
)
genai_response_model = SpanAttribute(
    "gen_ai.response.model", help="Model that answered; its price applies.", service=secure_pr_guard, type="string", at_most=40
)
genai_input_tokens = SpanAttribute(
    "gen_ai.usage.input_tokens",
    help="Tokens of the prompt, cached ones included.",
    service=secure_pr_guard,
    type="int",
    unit=units.TOKENS,
)
genai_output_tokens = SpanAttribute(
    "gen_ai.usage.output_tokens",
    help="Tokens of the answer, reasoning included.",
    service=secure_pr_guard,
    type="int",
    unit=units.TOKENS,
)
genai_agent_name = SpanAttribute(
    "gen_ai.agent.name", help="LLM step of the review, as in operation.type.", service=secure_pr_guard, type="string", values=STEPS
)
genai_operation_name = SpanAttribute(
    "gen_ai.operation.name",
    help="What was asked of the model: a chat completion in every step.",
    service=secure_pr_guard,
    type="string",
    values=("chat",),
)
genai_provider_name = SpanAttribute(
    "gen_ai.provider.name",
    help="Who served the model; prices are looked up by provider and model.",
    service=secure_pr_guard,
    type="string",
    at_most=10,
    aliases=("gen_ai.system",),
)
