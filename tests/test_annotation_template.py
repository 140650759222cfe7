"""Templates are judged as Prometheus judges them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from obskit.lint.templates import SINCE, faults

GOOD = [
    "plain text, $labels and { braces }",
    "{{ $value }}",
    "{{$labels.job}} {{ $externalLabels.cluster }} {{ $externalURL }}",
    "{{ .Labels.anything.at.all }} {{ $ }} {{ . }}",
    "{{ $value | humanizePercentage }} of {{ $labels.job | title }}",
    "{{- $value -}} {{- /* a comment */ -}} {{/* another */}}",
    '{{ printf "%.2f" $value }}',
    "{{ reReplaceAll `(\\d+)` \"n\" $labels.instance }}",
    '{{ with printf "up{job=\'%s\'}" $labels.job | query }}{{ . | first | value | humanize }}{{ else }}none{{ end }}',
    '{{ range $index, $sample := query "up" }}{{ if gt $index 3 }}{{ break }}{{ end }}{{ label "job" $sample }}{{ end }}',
    '{{ range query "up" }}{{ .Value }}{{ else }}nothing{{ end }}',
    "{{ if gt $value 1.0 }}high{{ else if eq $value 0.0 }}none{{ else }}low{{ end }}",
    "{{ $x := 0x1F }}{{ $x = 1e3 }}{{ $x }}",
    "{{ if $y := $value }}{{ $y }}{{ else }}{{ $y }}{{ end }}",
    "{{ (query \"up\" | first).Labels.job }}",
    '{{ define "line" }}{{ . }}{{ end }}{{ template "line" $value }}',
    '{{ block "line" $value }}{{ . }}{{ end }}',
    "{{ 'a' }} {{ true }} {{ -1 }} {{ 1_000 }}",
    "{{ len $labels | printf `%d` | safeHtml }}",
    '{{ "{{" }} literal {{ "}}" }}',
    "{{\n$value\n}}",
    "{{ index $labels \"job\" }}{{ and 1 2 }}{{ not true }}",
    "{{ $value | humanizeTimestamp }}{{ $value | toTime }}{{ stripDomain `a.b:1` }}{{ stripPort `a:1` }}{{ parseDuration `1h` }}",
    "{{ args 1 2 }}{{ match `a` `b` }}{{ graphLink `up` }}{{ tableLink `up` }}{{ pathPrefix }}{{ externalURL }}",
]
BAD = [
    "{{ $value",
    "{{ $value }",
    "{{",
    "{{}}",
    "{{ }}",
    "{{ $label.job }}",
    "{{ $x }}",
    "{{ humanise $value }}",
    "{{ .Labels.job | unknown }}",
    '{{ printf "%s }}',
    '{{ printf "%s\n" $value }}',
    "{{ printf `%s }}",
    '{{ reReplaceAll "\\d+" "n" $labels.instance }}',
    "{{ printf '%s' $value }}",
    "{{ if $value }}yes",
    "{{ end }}",
    "{{ else }}",
    "{{ if $value }}{{ else }}{{ else }}{{ end }}",
    "{{ range query \"up\" }}{{ else range . }}{{ end }}",
    "{{ if }}yes{{ end }}",
    "{{ end $value }}{{ if 1 }}",
    "{{ if 1 }}{{ end 1 }}",
    "{{ break }}",
    "{{ if $x := 1 }}{{ end }}{{ $x }}",
    '{{ range $i, $s := query "up" }}{{ end }}{{ $i }}',
    "{{ range $a, $b, $c := . }}{{ end }}",
    "{{ $a, $b := 1 }}",
    "{{ ($value }}",
    "{{ $value) }}",
    "{{ () }}",
    "{{ $value | 1 }}",
    "{{ $value | \"x\" }}",
    "{{ | $value }}",
    "{{ $value || $value }}",
    "{{ $value && 1 }}",
    "{{ $value == 1 }}",
    "{{ $value > 1 }}",
    "{{ $value + 1 }}",
    "{{ $labels[job] }}",
    "{{ $labels['job'] }}",
    "{{ $labels.a-b }}",
    "{{ 1.x }}",
    '{{ "a".b }}',
    "{{ 12ab }}",
    "{{ `a``b` }}",
    "{{/* open }}",
    "{{ /* c */ }}",
    "{{/* c */ x }}",
    "{{ template }}",
    "{{ define \"x\" }}{{ $labels }}{{ end }}",
    "{{ if 1 }}{{ define \"x\" }}{{ end }}{{ end }}",
    "{{ tmpl `x` }}",
    "{{ since 1 }}",
    "{{ $valué }}",
    "{{ \x00 }}",
]


@pytest.mark.parametrize("text", GOOD)
def test_template_is_accepted(text: str) -> None:
    assert [fault for fault in faults(text) if not fault.since] == []


@pytest.mark.parametrize("text", BAD)
def test_template_is_refused_inside_of_the_text(text: str) -> None:
    (fault,) = faults(text)
    start, end = fault.span
    assert 0 <= start < end <= len(text) + 1


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{{ $label.job }}", 'did you mean "$labels"?'),
        ("{{ $value | humanise }}", 'did you mean "humanize"?'),
        ("{{ printf '%s' $value }}", "put strings in double quotes or backquotes"),
        ("{{ if 1 }}", "add {{ end }}"),
        ("{{ if $value > 1 }}{{ end }}", "operators are functions: gt $value 1"),
    ],
)
def test_fault_says_what_to_do(text: str, hint: str) -> None:
    assert faults(text)[0].hint == hint


@pytest.mark.parametrize("name", sorted(SINCE))
def test_newer_function_says_since_when(name: str) -> None:
    assert [fault.since for fault in faults(f"{{{{ {name} }}}}")] == [SINCE[name]]


def test_deep_parentheses_are_not_judged() -> None:
    assert faults("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}") == ()


@pytest.mark.parametrize(("texts", "accepted"), [(GOOD, True), (BAD, False)])
def test_promtool_agrees(tmp_path: Path, texts: list[str], accepted: bool) -> None:
    promtool = shutil.which("promtool")
    if promtool is None:
        if os.environ.get("OBSKIT_REQUIRE_TOOLS") == "1":
            pytest.fail("promtool is not on PATH")
        pytest.skip("promtool is not on PATH")
    yaml = pytest.importorskip("yaml")
    rules = [{"alert": "Down", "expr": "up == 0", "annotations": {"summary": text}} for text in texts]
    groups = [{"name": f"group-{number}", "rules": [rule]} for number, rule in enumerate(rules)]
    file = tmp_path / "rules.yaml"
    file.write_text(yaml.safe_dump({"groups": groups}, allow_unicode=True), encoding="utf-8")
    done = subprocess.run([promtool, "check", "rules", str(file)], capture_output=True, text=True, check=False)
    refused = [text for number, text in enumerate(texts) if f'group "group-{number}"' in done.stderr]
    assert (refused, done.returncode == 0) == ([] if accepted else texts, accepted), done.stdout + done.stderr
