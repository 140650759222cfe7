"""Templates that print a label which a series may lack: nothing, as in Prometheus, and not "[no value]" or the template itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from alerting_project import built

from obskit.render.alerting._wording import translated

WORDS = [
    ("{{ $labels.x }}", '{{ index $labels "x" }}'),
    ("{{ $labels.sure }}", "{{ $labels.sure }}"),
    ("{{- $labels.x -}}", '{{- index $labels "x" -}}'),
    ("{{ .Labels.x }} {{ $.Labels.x }}", '{{ index .Labels "x" }} {{ index $.Labels "x" }}'),
    ("{{ $labels.x | stripPort }}", '{{ index $labels "x" | stripPort }}'),
    ("{{ stripPort $labels.x }}", '{{ stripPort (index $labels "x") }}'),
    ("{{ stripPort ($labels.x | toUpper) }}", '{{ stripPort (index $labels "x" | toUpper) }}'),
    ('{{ reReplaceAll ":.*" "" $labels.x }}', '{{ reReplaceAll ":.*" "" (index $labels "x") }}'),
    ('{{ printf "%s-%s" $labels.x $labels.sure }}', '{{ printf "%s-%s" (index $labels "x") $labels.sure }}'),
    ('{{ if eq $labels.x "" }}none{{ end }}', '{{ if eq (index $labels "x") "" }}none{{ end }}'),
    ('{{ if $labels.x | match "a" }}a{{ end }}', '{{ if index $labels "x" | match "a" }}a{{ end }}'),
    ("{{ if $labels.x }}{{ $labels.x }}{{ end }}", '{{ if $labels.x }}{{ index $labels "x" }}{{ end }}'),
    ("{{ with $labels.x }}{{ . | stripPort }}{{ else }}{{ $labels.y }}{{ end }}",
     '{{ with $labels.x }}{{ . | stripPort }}{{ else }}{{ index $labels "y" }}{{ end }}'),
    ("{{ with $x := $labels.x }}{{ else }}{{ $x }}{{ end }}", '{{ with $x := index $labels "x" }}{{ else }}{{ $x }}{{ end }}'),
    ("{{ $x := $labels.x }}{{ $x }}", '{{ $x := index $labels "x" }}{{ $x }}'),
    ('{{ define "t" }}{{ .Labels.x }}{{ end }}{{ template "t" . }}',
     '{{ define "t" }}{{ index .Labels "x" }}{{ end }}{{ template "t" . }}'),
    ('{{ template "t" $labels.x }}{{ define "t" }}{{ . }}{{ end }}',
     '{{ template "t" (index $labels "x") }}{{ define "t" }}{{ . }}{{ end }}'),
    ("{{ with $value }}{{ .Labels.x }}{{ end }}", "{{ with $values.B.Value }}{{ .Labels.x }}{{ end }}"),
    ('{{ index $labels "x" }}{{ $labels.x.y }}', '{{ index $labels "x" }}{{ $labels.x.y }}'),
    ("{{ $labels := $value }}{{ $labels.x }}", "{{ $labels := $values.B.Value }}{{ $labels.x }}"),
    ("{{ $labels }}{{ range $k, $v := $labels }}{{ $k }}{{ end }}", "{{ $labels }}{{ range $k, $v := $labels }}{{ $k }}{{ end }}"),
]  # fmt: skip
SIGNALS = """
shop = Service("shop", job="shop", labels=("pod",), external_labels={"region": "eu"})
a, b = Label("a", at_most=9), Label("b", at_most=9, optional=True)
hits = Counter("hits_total", help="h.", service=shop, unit=units.COUNT, labels=(a, b))
sums = Record(name="job:hits:rate5m", expr="sum by (job, a, b) (rate(hits_total[5m]))")
other = Record(name="two:hits", expr="sum by (job, a) (rate(hits_total[5m]))")
again = Record(name="two:hits", expr="sum by (job) (rate(hits_total[5m]))", labels={"x": "1"})
named = Record(name="named:hits", expr="sum(rate(hits_total[5m]))", labels={"x": "1"})
"""
CERTAIN = [
    ("up == 0 or absent(up)", ()),
    ("up == 0", ("job", "instance")),
    ('up == 0 or absent(up{job="x"})', ("job",)),
    ('absent(up{job="x", instance=~".+"})', ("job",)),
    ('q{x="1", y=~"a|b", z=~".*", w!="1"} > 1', ("x", "y")),
    ("rate(hits_total[5m]) > 1", ("job", "instance", "pod", "a")),
    ('rate(hits_total{b="1", a=""}[5m]) > 1', ("job", "instance", "pod", "b")),
    ("sum by (job, b) (rate(hits_total[5m])) > 1", ("job",)),
    ("sum without (a, pod) (rate(hits_total[5m])) > 1", ("job", "instance")),
    ("sum(rate(hits_total[5m])) > 1", ()),
    ("topk(3, hits_total) > 1", ("job", "instance", "pod", "a")),
    ("job:hits:rate5m > 1", ("job", "a")),
    ("two:hits > 1", ("job",)),
    ("named:hits > 1", ("x",)),
    ("up * on (job) group_left (a) sum by (job, a) (hits_total) > 1", ("job", "instance", "a")),
    ("up * on (job) group_left (b) sum by (job, b) (hits_total) > 1", ("job", "instance")),
    ("sum by (job, a) (hits_total) * on (job) sum by (job) (hits_total) > 1", ("job",)),
    ("sum by (job) (hits_total) * on (job) group_right up > 1", ("job", "instance")),
    ("hits_total and on (job) up", ("job", "instance", "pod", "a")),
    ("hits_total unless q", ("job", "instance", "pod", "a")),
    ("1 < up", ("job", "instance")),
    ('label_replace(up, "instance", "$1", "x", "(.*)") == 0', ("job",)),
    ("max_over_time(up[5m:1m]) == 0", ("job", "instance")),
    ("-up < 0", ("job", "instance")),
    ("vector(1) > 0", ()),
]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs"), WORDS)
def test_label_that_may_be_missing_is_asked_for_by_index(ours: str, theirs: str) -> None:
    assert translated(ours, frozenset(("sure",))) == (theirs, ())


@pytest.mark.parametrize(("query", "sure"), CERTAIN)
def test_label_is_certain_where_every_series_has_it(tmp_path: Path, query: str, sure: tuple[str, ...]) -> None:
    names = ("job", "instance", "pod", "region", "a", "b", "x", "y", "z", "w")
    summary = "".join(f"{{{{ $labels.{name} }}}}" for name in names)
    found = built(tmp_path, f"{SIGNALS}one = Alert(name='One', expr={query!r}, summary={summary!r})").called("One")
    assert {name for name in names if f"$labels.{name} " in found["annotations"]["summary"]} == set(sure)


def test_labels_of_an_alert_bear_missing_labels_too(tmp_path: Path) -> None:
    text = "one = Alert(name='One', expr='up == 0 or absent(up)', labels={'host': '{{ $labels.instance | stripPort }}'})"
    assert built(tmp_path, text).rule["labels"] == {"host": '{{ index $$labels "instance" | stripPort }}'}


def test_metric_that_nothing_declares_is_sure_of_no_label(tmp_path: Path) -> None:
    found = built(tmp_path, "one = Alert(name='One', expr='q == 0', summary='{{ $labels.job }}')")
    assert found.rule["annotations"]["summary"] == '{{ index $labels "job" }}'
