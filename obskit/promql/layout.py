"""A query laid out afresh, where that is certain to change nothing."""

from __future__ import annotations

from obskit.promql.parse import Parsed
from obskit.promql.tree import parser


def canonical(parsed: Parsed) -> str:
    """The query in the parser's layout when that reads back as the same query, else the author's text.

    A text with Grafana variables, comments or a problem is the author's. So is one whose tree the parser prints with a loss
    (negative `@`), or prints differently when read again.
    """
    if parsed.ast is None or parsed.variables or any(token.kind == "comment" for token in parsed.tokens):
        return parsed.text
    try:
        printed = parsed.ast.prettify()
        again = parser().parse(printed)
        same = again.prettify() == printed and str(again) == str(parsed.ast)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # a panic of the parser is no Exception
        return parsed.text
    return printed if same and not negative_at(parsed) else parsed.text


def negative_at(parsed: Parsed) -> bool:
    """`@ -5` is printed as `@ 0.000`, in the tree's own text too."""
    return any(
        first.text == "@" and second.text == "-"
        for first, second in zip(parsed.tokens, parsed.tokens[1:], strict=False)
    )
