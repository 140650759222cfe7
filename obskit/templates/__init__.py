"""Go templates read: the tokens of text/template, and which labels a template prints; what judges and what rewrites them shares it."""

from obskit.templates.labels import LabelUse, label_uses
from obskit.templates.tokens import Fault, FaultyError, Token, actions

__all__ = ["Fault", "FaultyError", "LabelUse", "Token", "actions", "label_uses"]
