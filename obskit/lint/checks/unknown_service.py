"""A TraceQL query asks for the spans of a service that is not declared.

`resource.service.name = "shop_web"` finds nothing when the service calls itself `shop-web`, and the panel looks healthy. A
service's `trace_name` (its name, unless it is given) is what its spans are found by. Once the project declares span attributes
every service that is asked for has to be declared, or named in `tool.obskit.lint.external`.

Bad:
    web = Service("shop-web", job="shop-web")
    cost = SpanAttribute("cost.usd", help="Cost.", service=web, type="float", unit=units.USD)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", traceql('{ resource.service.name = "shop_web" } | rate()'))])

Good:
    web = Service("shop-web", job="shop-web")
    cost = SpanAttribute("cost.usd", help="Cost.", service=web, type="float", unit=units.USD)
    board = dashboard("Shop", uid="shop", panels=[timeseries("Requests", traceql('{ resource.service.name =~ "shop-.+" } | rate()'))])
"""

from __future__ import annotations

from collections.abc import Iterator

from obskit.analysis import Analysed
from obskit.finding import Severity
from obskit.lint.problem import Problem
from obskit.lint.spans import declares_attributes, named, of_service, plain_service
from obskit.lint.telling import told
from obskit.naming import did_you_mean

LEVEL: Severity = "error"


def check(analysed: Analysed) -> Iterator[Problem]:
    """Values of `service.name` that are spelled out and no declared service's."""
    if not declares_attributes(analysed):
        return
    known = _known(analysed)
    for one in analysed.traces:
        if plain_service(one) in known:
            continue
        for condition in of_service(one):
            for value in named(one, condition) or ():
                if value and value not in known and not any(pattern.fullmatch(value) for pattern in analysed.known.external):
                    hint = did_you_mean(value, known) or 'declare the service, or name it in "external" of [tool.obskit.lint]'
                    yield told(one, f'no declared service is called "{value}" in traces', condition.value.span, hint)


def _known(analysed: Analysed) -> frozenset[str]:
    services = {attribute.service for found in analysed.attributes.values() for attribute in found}
    services |= {signal.service for signal in analysed.known.series.values()} | set(analysed.project.services)
    return frozenset(service.traces_as for service in services)
