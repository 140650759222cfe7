"""The choices of a variable as Grafana reads them from its query, and how they are written so that it reads them as they are.

Form: of a custom variable what Grafana 13 splits into options: commas divide, `\\,` is a comma in a choice, `label : value` has a label,
blanks around are dropped. Of an interval variable each word is a choice, and whatever stands in quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

BLANK = " \t\n\v\f\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
"""What Grafana's language takes for a blank."""
_PART = re.compile(r"(?:\\,|[^,])+")
_LABELLED = re.compile(rf"[{BLANK}]*([^\n\r\u2028\u2029]+)[{BLANK}]:[{BLANK}]([^\n\r\u2028\u2029]+)")
_WORD = re.compile(r"\w+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a custom variable: what a reader sees, what queries get, and how it is written."""

    label: str
    value: str
    written: str


def custom_choices(query: str) -> tuple[Choice, ...]:
    """What a custom variable offers whose query is not JSON."""
    return tuple(_choice(part.replace("\\,", ",")) for part in _PART.findall(query))


def custom_query(choices: Iterable[str]) -> str:
    """The query of a custom variable that offers these texts, as far as Grafana can read them."""
    return ",".join(choice.replace(",", "\\,") for choice in choices)


def interval_query(choices: Iterable[str]) -> str:
    """The query of an interval variable that offers these; one that is no word stands in quotes."""
    return ",".join(choice if _WORD.fullmatch(choice) else f'"{choice}"' for choice in choices)


def _choice(text: str) -> Choice:
    match = _LABELLED.fullmatch(text)
    label, value = match.groups() if match else (text, text)
    return Choice(label.strip(BLANK), value.strip(BLANK), text.strip(BLANK))
