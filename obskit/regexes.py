"""Regular expressions of Prometheus, Grafana and Alertmanager (RE2), as far as Python's engine can stand in for theirs."""

from __future__ import annotations

import re
import warnings

_OTHERWISE = re.compile(r"\{,|\[[^\]]*(?:\[|&&|\|\||~~|--)")
"""`a{,3}`, which RE2 takes as text, and what Python may one day read as sets: it warns of that."""


def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern, without a warning of what Python may read otherwise one day. Raises re.error when it is none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        return re.compile(pattern)


def is_read_otherwise(pattern: str) -> bool:
    """Whether Python reads, or may one day read, a pattern otherwise than RE2."""
    return _OTHERWISE.search(pattern) is not None
