"""What gives a secret away that is written out, so that it is refused, and no message, page or traceback repeats it.

The addresses of webhooks as their vendors hand them out, parameters that are called like a secret, names and passwords in
addresses, and the shapes of tokens.
"""

from __future__ import annotations

import re

_USER = re.compile(r"[a-z][a-z0-9+.-]*://[^/\s?#\"'<>]*@", re.IGNORECASE)
_PARAMETER = re.compile(
    r"(?<![a-z0-9])(?:access[_-]?token|api[_-]?key|auth[_-]?token|token|key|secret|signature|sign|sig|password|passwd|pwd|passcode)"
    r"=(?!\{\{)[^&\s\"'<>]",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"[?&;#][^\s\"'<>]*")
_NAMED = re.compile(r"(?<![a-z0-9])(?:access[_-]?token|api[_-]?key|auth[_-]?token)=(?!\{\{)[^&\s\"'<>]", re.IGNORECASE)
_HOOKS = re.compile(
    r"hooks\.slack\.com/\S|oapi\.dingtalk\.com/robot/\S|qyapi\.weixin\.qq\.com/cgi-bin/webhook/\S|open\.(?:feishu|larksuite)\.\w+/open-apis/bot/\S"
    r"|discord(?:app)?\.com/api/webhooks/\S|\.webhook\.office\.com/\S|outlook\.office\.com/webhook/\S|api\.telegram\.org/bot\S"
    r"|hooks\.zapier\.com/\S|maker\.ifttt\.com/\S|events\.pagerduty\.com/integration/\S|alert\.victorops\.com/\S|hc-ping\.com/\S",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    r"\bxox[a-z]-\w|\bxapp-\w|\bglsa_\w{8}|\bglc_\w{8}|\bgh[pousr]_\w{8}|\bAKIA[0-9A-Z]{12}|\bSEC[0-9a-f]{32}|\beyJ[\w-]{8,}\.eyJ|\bBearer\s+(?=\S*\d)[\w.~+/-]{16}"
)
_NAME = re.compile(r"(?:gh[pousr]|github_pat|glsa|glc|sk|pk|rk|xox[a-z])_\w{8,}|AKIA[0-9A-Z]{12,}|SEC[0-9a-f]{32,}|[0-9A-Fa-f]{16,}")
"""Shapes of tokens that are names of variables too."""


def given_away(text: str) -> bool:
    """Whether a text seems to hold a secret."""
    if any(pattern.search(text) for pattern in (_USER, _HOOKS, _TOKEN, _NAMED)):
        return True
    return "://" in text and any(_PARAMETER.search(part) for part in _IN_ADDRESS.findall(text))


def is_token(name: str) -> bool:
    """Whether what should be the name of a variable is rather a token: of a vendor's shape, or long without words."""
    return _NAME.fullmatch(name) is not None or ("_" not in name and len(name) >= 20 and sum(map(str.isdigit, name)) >= 3)


def shown(value: object) -> str:
    """How a message repeats a wrong value: text and numbers as Python writes them, unless they seem to hold a secret."""
    if value is not None and not isinstance(value, (str, int, float)):
        return f"a value of type {type(value).__name__}"
    text = repr(value)
    return "what seems to hold a secret" if given_away(text) or "@" in text else text
