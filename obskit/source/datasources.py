"""The queries that declared datasources ask: those of links from a span to metrics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from obskit.origin import Origin
from obskit.source.extra import Extra

if TYPE_CHECKING:
    from obskit.datasources import Datasource


def asked_by(datasources: Iterable[Datasource]) -> Iterator[Extra]:
    """Each query of a link to metrics, as one that is checked like any other."""
    for source in datasources:
        metrics = getattr(source, "metrics", None)
        for title, query in metrics.queries.items() if metrics is not None else ():
            where = f'datasource "{source.name}", query "{title}"'
            yield Extra(text=query, origin=(source.origin or Origin("")).at(where), owner=source.name)
