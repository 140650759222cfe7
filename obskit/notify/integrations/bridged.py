"""What has no form of its own in Alertmanager: an address for Grafana, a bridge for Alertmanager, one of them at least."""

from __future__ import annotations

from obskit.errors import DeclarationError
from obskit.notify.secrecy import address, secret


def either(url: object, bridge: object, what: str, example: str) -> None:
    """Raises DeclarationError unless `url` is a secret or none, `bridge` an address without secret or empty, and one is given."""
    if url is not None:
        secret(url, f"url of {what}", example)
    if bridge != "":
        address(bridge, f"bridge of {what}", example)
    if url is None and bridge == "":
        raise DeclarationError(f"{what} has neither a url nor a bridge", hint=f'{what}(Secret.env("{example}"))')
