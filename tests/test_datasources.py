"""Datasources as values: what they refuse, how links lead, and that no secret can stand in them."""

from __future__ import annotations

from typing import Any

import pytest

from obskit.datasources import Basic, Loki, Prometheus, Secret, Tempo, Tls, ToLogs, ToMetrics, ToTrace, uid_of
from obskit.errors import DeclarationError

URL = "http://prometheus:9090"
PROMETHEUS = Prometheus("P", uid="p", url=URL)


def prometheus(**given: Any) -> Prometheus:
    return Prometheus(**{"name": "P", "uid": "p", "url": URL, **given})


WRONG = [
    (lambda: prometheus(name=" "), "a datasource has a name"),
    (lambda: prometheus(name="P\ud800"), "a datasource has a name"),
    (lambda: prometheus(uid="a b"), "'a b' is not the uid of datasource \"P\""),
    (lambda: prometheus(uid="x" * 41), f"'{'x' * 41}' is not the uid of datasource \"P\""),
    (lambda: prometheus(url="prometheus:9090"), "'prometheus:9090' is not the url of datasource \"P\""),
    (lambda: prometheus(url="http://"), "'http://' is not the url of datasource \"P\""),
    (lambda: prometheus(url="http://a b"), "'http://a b' is not the url of datasource \"P\""),
    (lambda: prometheus(url="https://me:pw@host"), 'the url of datasource "P" holds a user'),
    (lambda: prometheus(scrape_interval="15"), 'scrape interval of datasource "P" "15" is not a duration'),
    (lambda: prometheus(product="mimir"), "product of datasource \"P\" is 'mimir'"),
    (lambda: prometheus(method="PUT"), "method of datasource \"P\" is 'PUT'"),
    (lambda: prometheus(version=3), 'version of datasource "P" must be text, not 3'),
    (lambda: prometheus(exemplars="tempo"), 'exemplars of datasource "P" must be a ToTrace or a tuple of ToTrace, not \'tempo\''),
    (lambda: prometheus(exemplars=ToTrace("t", pattern="(.)")), 'exemplars of datasource "P" are found by their label, not by a pattern'),
    (lambda: prometheus(auth=("me", "pw")), 'auth of datasource "P" must be Basic(…), not tuple'),
    (lambda: prometheus(tls=True), 'tls of datasource "P" must be Tls(…), not bool'),
    (lambda: prometheus(headers=["X-A"]), 'headers of datasource "P" are a mapping, not a list'),
    (lambda: prometheus(headers={"X A": "b"}), "'X A' is not the name of a header of datasource \"P\""),
    (lambda: prometheus(headers={"Authorization": "Bearer x"}), 'header "Authorization" of datasource "P" holds a secret'),
    (lambda: prometheus(headers={"X-Api-Key": "x"}), 'header "X-Api-Key" of datasource "P" holds a secret'),
    (lambda: prometheus(headers={"X-A": "a\r\nX-B: c"}), 'header "X-A" of datasource "P" must be a line of text or a Secret'),
    (lambda: Basic("", Secret.env("PW")), "basic authentication has a user"),
    (lambda: Basic("me", "pw"), 'the password of user "me" must be a Secret'),  # type: ignore[arg-type]  # what is refused
    (lambda: Tls(ca="-----BEGIN"), '"ca" of Tls must be a Secret'),  # type: ignore[arg-type]  # what is refused
    (lambda: Tls(cert=Secret.file("/a")), "a client certificate and its key go together"),
    (lambda: Loki("L", uid="l", url=URL, max_lines=0), 'max_lines of datasource "L" is 0'),
    (lambda: Loki("L", uid="l", url=URL, traces="t"), 'traces of datasource "L" must be a ToTrace or a tuple of ToTrace, not \'t\''),  # type: ignore[arg-type]  # refused
    (lambda: Tempo("T", uid="t", url=URL, logs=PROMETHEUS), 'logs of datasource "T" must be a ToLogs or None, not a Prometheus'),  # type: ignore[arg-type]  # what is refused
    (lambda: Tempo("T", uid="t", url=URL, service_map="a b"), 'the service map of datasource "T" leads to "a b", which is not a uid'),
    (lambda: ToTrace(), "a link to traces leads to a datasource or to a url"),
    (lambda: ToTrace("t", url="https://x/${__value.raw}"), "a link to traces leads to a datasource or to a url"),
    (lambda: ToTrace(url="https://x/"), '"https://x/" names no trace'),
    (lambda: ToTrace("t", label="trace id"), "'trace id' is not the label that holds a trace id"),
    (lambda: ToTrace("t", pattern="trace=.*"), '"trace=.*" does not find a trace id'),
    (lambda: ToTrace("t", pattern="("), '"(" does not find a trace id'),
    (lambda: ToLogs(3), "a link to logs leads to 3"),  # type: ignore[arg-type]  # what is refused
    (lambda: ToLogs("l", tags={}), "a link to logs knows a span by its tags"),
    (lambda: ToLogs("l", tags={"a": "b-c"}), "a link to logs: 'b-c', for \"a\", is not a label name"),
    (lambda: ToLogs("l", before="-2s"), "before of a link to logs is '-2s'"),
    (lambda: ToLogs("l", after="soon"), "after of a link to logs is 'soon'"),
    (lambda: ToMetrics("p", queries=["up"]), "queries of a link to metrics must be a dict of texts, not a list"),  # type: ignore[arg-type]  # what is refused
    (lambda: ToMetrics("p", queries={"": "up{$__tags}"}), "query '' of a link to metrics must be text"),
    (lambda: ToMetrics("p", queries={"Up": "up"}), 'query "Up" of a link to metrics is the same for every span'),
]


@pytest.mark.parametrize(("make", "message"), WRONG, ids=[message for _, message in WRONG])
def test_wrong_value_is_refused(make: Any, message: str) -> None:
    with pytest.raises(DeclarationError) as refused:
        make()
    assert refused.value.message == message


@pytest.mark.parametrize(
    "make",
    [
        lambda: prometheus(url="https://mimir.example.com/prometheus?x=1"),
        lambda: prometheus(url="http://[::1]:9090/"),
        lambda: prometheus(headers={"X-Scope-OrgID": "a|b", "Authorization": Secret.env("TOKEN")}),
        lambda: prometheus(auth=Basic("me", Secret.file("/run/secrets/pw")), tls=Tls(cert=Secret.env("C"), key=Secret.env("K"))),
        lambda: ToMetrics(PROMETHEUS, queries={"One": 'up{job="${__span.tags.job}"}'}),
        lambda: ToLogs("elastic", before="0", after="5m"),
    ],
)
def test_right_value_is_taken(make: Any) -> None:
    assert make() == make()


def test_link_leads_to_a_value_or_its_uid() -> None:
    assert (uid_of(PROMETHEUS), uid_of("later")) == ("p", "later")


def test_values_that_need_each_other_name_a_uid() -> None:
    first = prometheus(exemplars=ToTrace("tempo"))
    second = Tempo("T", uid="tempo", url=URL, service_map=first)
    assert (uid_of(first.to_traces[0].to or ""), uid_of(second.service_map or "")) == ("tempo", "p")


def test_one_link_stands_without_a_tuple() -> None:
    assert prometheus(exemplars=ToTrace("t")).to_traces == prometheus(exemplars=(ToTrace("t"),)).to_traces


def test_datasource_knows_where_it_was_declared() -> None:
    assert PROMETHEUS.origin is not None
    assert PROMETHEUS.origin.path.endswith("test_datasources.py")
