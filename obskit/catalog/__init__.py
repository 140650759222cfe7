"""What services expose, declared once: metrics, span attributes, labels, units; and the expressions made from them."""

from obskit.catalog import units
from obskit.catalog.expr import Expr, raw, time, vector
from obskit.catalog.kinds import Counter, Gauge, Histogram, Info, Summary
from obskit.catalog.label import Label
from obskit.catalog.matcher import Matcher, not_, one_of, regex
from obskit.catalog.param import Param
from obskit.catalog.service import Service
from obskit.catalog.signal import Signal
from obskit.catalog.span_query import SpanComparison, SpanQuery
from obskit.catalog.spans import SpanAttribute, Spans, span_status, spans
from obskit.catalog.unit import Quantity, Unit
from obskit.waiver import Waive

__all__ = [
    "Counter", "Expr", "Gauge", "Histogram", "Info", "Label", "Matcher", "Param", "Quantity", "Service", "Signal", "SpanAttribute",
    "SpanComparison", "SpanQuery", "Spans", "Summary", "Unit", "Waive", "not_", "one_of", "raw", "regex", "span_status", "spans", "time",
    "units", "vector",
]  # fmt: skip
