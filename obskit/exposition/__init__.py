"""What a `/metrics` text says: its families, its samples, and everything that is wrong with it."""

from obskit.exposition.model import Exemplar, Exposition, Family, Fault, Format, Labels, Sample
from obskit.exposition.reading import LARGEST, format_of, read

__all__ = ["LARGEST", "Exemplar", "Exposition", "Family", "Fault", "Format", "Labels", "Sample", "format_of", "read"]
