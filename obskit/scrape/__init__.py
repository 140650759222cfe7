"""What a service says at `/metrics`, held against what its catalogue declares; and a first catalogue made from it."""

from obskit.scrape.comparing import compare
from obskit.scrape.drafting import draft
from obskit.scrape.malformed import malformed
from obskit.scrape.others import is_elsewhere

__all__ = ["compare", "draft", "is_elsewhere", "malformed"]
