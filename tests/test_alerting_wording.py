"""Templates in Grafana's words, and text that Grafana reads back as it was declared."""

from __future__ import annotations

from pathlib import Path

import pytest
from alerting_project import built
from grafana_files import interpolated, loaded, printed, read
from hypothesis import given
from hypothesis import strategies as some

from obskit.render.alerting._escaping import escaped
from obskit.render.alerting._wording import annotation, translated

WORDS = [
    ("{{ $value }}", "{{ $values.B.Value }}"),
    ("{{ $value | humanizePercentage }} of {{ $labels.job }}", "{{ $values.B.Value | humanizePercentage }} of {{ $labels.job }}"),
    ('{{printf "%.1f" $value}}', '{{printf "%.1f" $values.B.Value}}'),
    ("{{- $value -}}", "{{- $values.B.Value -}}"),
    ("{{ .Value }} {{ .Labels.job }}", "{{ .Values.B.Value }} {{ .Labels.job }}"),
    ("{{ with $labels.x }}{{ . }}{{ .Value }}{{ end }}", "{{ with $labels.x }}{{ . }}{{ .Value }}{{ end }}"),
    ("{{ with $labels.x }}{{ $.Value }}{{ end }}", "{{ with $labels.x }}{{ $.Values.B.Value }}{{ end }}"),
    ("{{ with .Value }}a{{ else }}{{ .Value }}{{ end }}", "{{ with .Values.B.Value }}a{{ else }}{{ .Values.B.Value }}{{ end }}"),
    ("{{ if gt $value 1.0 }}{{ .Value }}{{ end }}", "{{ if gt $values.B.Value 1.0 }}{{ .Values.B.Value }}{{ end }}"),
    ("{{ $value := 3 }}{{ $value }}", "{{ $value := 3 }}{{ $value }}"),
    ("{{ $v := $value }}{{ $v }}", "{{ $v := $values.B.Value }}{{ $v }}"),
    ("{{ if true }}{{ $value := 3 }}{{ $value }}{{ end }}", "{{ if true }}{{ $value := 3 }}{{ $value }}{{ end }}"),
    ("{{ if true }}{{ $value := 3 }}{{ end }}{{ $value }}", "{{ if true }}{{ $value := 3 }}{{ end }}{{ $values.B.Value }}"),
    ("{{ range $i, $value := $labels }}{{ $value }}{{ end }}", "{{ range $i, $value := $labels }}{{ $value }}{{ end }}"),
    ("{{ range $i, $value := $labels }}{{ end }}{{ $value }}", "{{ range $i, $value := $labels }}{{ end }}{{ $values.B.Value }}"),
    ("{{ with . }}{{ .Value }}{{ end }}", "{{ with . }}{{ .Values.B.Value }}{{ end }}"),
    ("{{ with $ }}{{ .Value }}{{ end }}", "{{ with $ }}{{ .Values.B.Value }}{{ end }}"),
    ("{{ with $x := . }}{{ .Value }}{{ $x.Value }}{{ end }}", "{{ with $x := . }}{{ .Values.B.Value }}{{ $x.Values.B.Value }}{{ end }}"),
    ("{{ with (.) }}{{ if true }}{{ .Value }}{{ end }}{{ end }}", "{{ with (.) }}{{ if true }}{{ .Values.B.Value }}{{ end }}{{ end }}"),
    ("{{ with $labels.x }}{{ with $ }}{{ .Value }}{{ end }}{{ .Value }}{{ end }}",
     "{{ with $labels.x }}{{ with $ }}{{ .Values.B.Value }}{{ end }}{{ .Value }}{{ end }}"),
    ("{{ with 1 }}{{ .Value }}{{ else with . }}{{ .Value }}{{ end }}",
     "{{ with 1 }}{{ .Value }}{{ else with . }}{{ .Values.B.Value }}{{ end }}"),
    ("{{ $x := . }}{{ $x.Value }} {{ $x.ExternalURL }}", "{{ $x := . }}{{ $x.Values.B.Value }} {{ externalURL }}"),
    ("{{ $x := 1 }}{{ if true }}{{ $x := . }}{{ $x.Value }}{{ end }}{{ $x.Value }}",
     "{{ $x := 1 }}{{ if true }}{{ $x := . }}{{ $x.Values.B.Value }}{{ end }}{{ $x.Value }}"),
    ('{{ define "x" }}{{ .Value }}{{ $.Value }}{{ end }}{{ template "x" . }}',
     '{{ define "x" }}{{ .Values.B.Value }}{{ $.Values.B.Value }}{{ end }}{{ template "x" . }}'),
    ('{{ template "x" $ }}{{ define "x" }}{{ with . }}{{ .Value }}{{ end }}{{ end }}',
     '{{ template "x" $ }}{{ define "x" }}{{ with . }}{{ .Values.B.Value }}{{ end }}{{ end }}'),
    ('{{ define "x" }}{{ .Value }}{{ end }}{{ define "y" }}{{ template "x" . }}{{ end }}{{ template `y` . }}',
     '{{ define "x" }}{{ .Values.B.Value }}{{ end }}{{ define "y" }}{{ template "x" . }}{{ end }}{{ template `y` . }}'),
    ('{{ define "x" }}{{ .Value }}{{ if true }}{{ template "x" . }}{{ end }}{{ end }}{{ template "x" 1 }}',
     '{{ define "x" }}{{ .Value }}{{ if true }}{{ template "x" . }}{{ end }}{{ end }}{{ template "x" 1 }}'),
    ('{{ define "x" }}{{ .Value }}{{ end }}{{ template "x" $labels }}', '{{ define "x" }}{{ .Value }}{{ end }}{{ template "x" $labels }}'),
    ('{{ define "x" }}{{ .Value }}{{ end }}{{ template "x" }}', '{{ define "x" }}{{ .Value }}{{ end }}{{ template "x" }}'),
    ('{{ define "x" }}{{ .Value }}{{ end }}', '{{ define "x" }}{{ .Value }}{{ end }}'),
    ('{{ block "x" . }}{{ .Value }}{{ end }}{{ .Value }}', '{{ block "x" . }}{{ .Values.B.Value }}{{ end }}{{ .Values.B.Value }}'),
    ('{{ block "x" 1 }}{{ .Value }}{{ $.Value }}{{ end }}', '{{ block "x" 1 }}{{ .Value }}{{ $.Value }}{{ end }}'),
    ('{{ define "x" }}{{ .arg0 }}{{ end }}{{ template "x" (args .Value) }}',
     '{{ define "x" }}{{ .arg0 }}{{ end }}{{ template "x" (args .Values.B.Value) }}'),
    ("{{ with $value := 1 }}{{ else }}{{ $value }}{{ end }}", "{{ with $value := 1 }}{{ else }}{{ $value }}{{ end }}"),
    ("{{ if . }}{{ .Value }}{{ end }}", "{{ if . }}{{ .Values.B.Value }}{{ end }}"),
    ("{{ $externalURL }}/x", "{{ externalURL }}/x"),
    ("{{ .ExternalURL }} {{ $.ExternalURL }}", "{{ externalURL }} {{ externalURL }}"),
    ("{{ (index $labels \"a.b\") }}", "{{ (index $labels \"a.b\") }}"),
    ('{{ "$value" }} {{ `$value` }} $value', '{{ "$value" }} {{ `$value` }} $value'),
    ("{{/* $value */}}", "{{/* $value */}}"),
    ("{{ $values }}", "{{ $values }}"),
    ("{{ $value", "{{ $value"),
]  # fmt: skip
LOST = [
    ("{{ $externalLabels.region }}", '{{ "" }}', "external labels do not exist in Grafana and print as nothing"),
    ('{{ index $externalLabels "region" }}', '{{ "" }}', "external labels do not exist in Grafana and print as nothing"),
    ("{{ .ExternalLabels.region }}", '{{ "" }}', "external labels do not exist in Grafana and print as nothing"),
    ("{{ $.ExternalLabels.region | title }}", '{{ "" | title }}', "external labels do not exist in Grafana and print as nothing"),
    ("{{ range $externalLabels }}x{{ end }}", '{{ range "" }}x{{ end }}', "external labels do not exist in Grafana and print as nothing"),
    ('{{ range query "up" }}{{ .Value }}{{ end }}', '{{ range query "up" }}{{ .Value }}{{ end }}',
     '"query" queries nothing in Grafana and yields nothing'),
    ('{{ define "x" }}{{ .Value }}{{ end }}{{ template "x" . }}{{ template "x" 1 }}',
     '{{ define "x" }}{{ .Value }}{{ end }}{{ template "x" . }}{{ template "x" 1 }}',
     '".Value" is asked of the alert here and of something else too, and of the alert it is another thing'),
    ("{{ . }}", "{{ . }}", '"." as a whole is another thing in Grafana, with other fields'),
    ('{{ define "x" }}{{ .arg0.Value }}{{ end }}{{ template "x" (args $) }}',
     '{{ define "x" }}{{ .arg0.Value }}{{ end }}{{ template "x" (args $) }}',
     '"$" as a whole is another thing in Grafana, with other fields'),
    ('{{ graphLink "up" }}', '{{ graphLink "up" }}', '"graphLink" takes other arguments in Grafana'),
]  # fmt: skip
AWKWARD = [
    "$", "$$", "$$$", "${HOME}", "$${HOME}", "$$${HOME}", "$HOME", "$labels", "costs $5", "a$", "$__file{/etc/passwd}", "$__env{HOME}",
    "${", "$ {", "$}{", "{$}", "quotes \" ' `", "back \\ slash \\n \\$ \\\\", "two\nlines", "a\ttab", "ends in a line\n", "中文 🚨 é",
    "a\u2028b\u2029c\u0085d", "100 %", "# no comment", "- dash", "! tag", "* star", "@ at", "& and", "? why", ": colon", "a: b", "yes",
    "no", "null", "~", "1e3", "0x1F", "1_000", "2001-01-01", ".inf", "=", "<<", "x" * 5000, " leads", "trails ", "[a]", "{a: b}", "%TAG",
    "---", "a #b", "$${labels}$labels$$value${value}",
]  # fmt: skip
TEMPLATES = [
    "${{ $value }}", "{{ $labels.x }} $x ${HOME}", '{{ printf "${HOME}" }}', '{{ printf `${HOME} "q"` }}',
    "{{ $labels.x }}${{- $value }}",
]  # fmt: skip


@pytest.mark.parametrize(("ours", "theirs"), WORDS)
def test_template_says_the_same_in_grafana(ours: str, theirs: str) -> None:
    assert translated(ours) == (theirs, ())


@pytest.mark.parametrize(("ours", "theirs", "what"), LOST)
def test_what_has_no_word_in_grafana_is_told(tmp_path: Path, ours: str, theirs: str, what: str) -> None:
    found = built(tmp_path, f"one = Alert(name='One', expr='sum(q) > 1', summary={ours!r})")
    assert (found.rule["annotations"]["summary"], found.said("warning")) == (theirs, [f'annotation "summary" of alert "One": {what}'])


def test_labels_are_templates_too(tmp_path: Path) -> None:
    rule = built(tmp_path, "one = Alert(name='One', expr='sum(q) > 1', labels={'size': '{{ if gt $value 9.0 }}big{{ end }}'})").rule
    assert rule["labels"] == {"size": "{{ if gt $$values.B.Value 9.0 }}big{{ end }}"}
    assert read(rule, braced=True)["labels"] == {"size": "{{ if gt $values.B.Value 9.0 }}big{{ end }}"}


@pytest.mark.parametrize("braced", [False, True])
def test_grafana_reads_what_was_declared(tmp_path: Path, braced: bool) -> None:
    texts = {f"t{at}": text for at, text in enumerate(AWKWARD)}
    query = "sum(q{a=\"$HOME ${HOME} $$ \\\\ 中\"}) > 1"
    alert = f"Alert(name='$HOME ${{HOME}} $$ 中 \"x\"', expr={query!r}, labels={texts!r}, annotations={texts!r})"
    group = f"one = RuleGroup('$HOME group', rules=({alert},))"
    (file,) = built(tmp_path, group).texts.values()
    (found,) = loaded(file)["groups"]
    assert interpolated(found["name"]) == "$HOME group"
    (rule,) = found["rules"]
    after = read(rule, braced=braced)
    assert after["title"] == '$HOME ${HOME} $$ 中 "x"'
    assert after["labels"] == texts
    assert {name: printed(text) for name, text in after["annotations"].items()} == texts
    assert after["models"][0]["expr"] == 'sum(q{a="$HOME ${HOME} $$ \\\\ 中"})'


@pytest.mark.parametrize("template", TEMPLATES)
def test_braces_in_annotations_survive_both_readers(template: str) -> None:
    assert kept(annotation(template)) == annotation(template)


@given(some.text(alphabet="$a{}_ \\\"`\n中5", max_size=30))
def test_any_text_is_read_back(text: str) -> None:
    assert interpolated(escaped(text)) == text
    if "{{" not in text:
        assert printed(kept(annotation(text))) == text


def kept(text: str) -> str:
    """An annotation as versions read it that replace `${NAME}` there."""
    found: str = read({"title": "x", "annotations": {"a": text}, "data": []}, braced=True)["annotations"]["a"]
    return found


