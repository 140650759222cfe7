"""From any classic dashboard JSON to clean classic JSON in the shape of schemaVersion 42."""

from obskit.model.modern.dashboard import modernise

__all__ = ["modernise"]
