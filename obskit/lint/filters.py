"""The filters of a TraceQL query, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator

from obskit.traceql import Filter, MathQuery, MetricsQuery, Pipeline, Query, SpansetOp, metrics


def filters(tree: Query) -> Iterator[Filter]:
    """Every filter, in source order; that of `compare` too."""
    if isinstance(tree.root, MetricsQuery | MathQuery):
        for query in (tree.root,) if isinstance(tree.root, MetricsQuery) else metrics(tree):
            yield from _below(query.pipeline)
            if query.stage.filter is not None:
                yield query.stage.filter
    else:
        yield from _below(tree.root)


def _below(node: object) -> Iterator[Filter]:
    if isinstance(node, Filter):
        yield node
    elif isinstance(node, Pipeline):
        for stage in node.stages:
            yield from _below(stage)
    elif isinstance(node, SpansetOp):
        yield from _below(node.left)
        yield from _below(node.right)
