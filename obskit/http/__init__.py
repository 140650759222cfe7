"""The door to the network: what stands at an address is fetched, and nothing else."""

from obskit.http.address import is_url, shown
from obskit.http.fetching import Fetched, fetch

__all__ = ["Fetched", "fetch", "is_url", "shown"]
