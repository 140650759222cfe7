"""The real Prometheus engine answers queries: `promtool test rules` prints what it got instead of an impossible sample."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

STEP = "15s"
_IMPOSSIBLE = [{"labels": "impossible_sample", "value": 987654321.125}]
_TEXT = r'"(?:[^"\\]|\\.)*"'
_ENTRY = re.compile(rf"^    expr: {_TEXT}, time: \w+,", re.M)
_GOT = re.compile(r"^\s*exp: .*\n\s*got: (?P<got>.*)\s*\Z")
_ERROR = re.compile(r"\s*err: (?P<why>.*)\Z", re.S)
_SAMPLE = re.compile(rf"(?:\{{(?P<labels>(?:[a-zA-Z_]\w*={_TEXT}(?:, )?)*)\}}|(?P<nil>nil))(?: (?P<value>[-+.\w]+))?(?:, |$)")
_LABEL = re.compile(rf"(?P<name>[a-zA-Z_]\w*)=(?P<value>{_TEXT})")


class Sample(NamedTuple):
    labels: Mapping[str, str]
    value: float


class Answer(NamedTuple):
    """What the engine says to a query: samples, or why it refuses."""

    samples: tuple[Sample, ...] = ()
    error: str = ""


def answers(asked: Iterable[tuple[str, str]], series: Mapping[str, str], rules: Iterable[Mapping[str, object]] = ()) -> list[Answer]:
    """The answer to each pair of a query and a time, in one run; `series` are values in promtool's notation, a step of 15 s apart.

    Skipped where promtool is missing, failed where OBSKIT_REQUIRE_TOOLS is set as well.
    """
    path = shutil.which("promtool")
    if path is None:
        (pytest.fail if os.environ.get("OBSKIT_REQUIRE_TOOLS") else pytest.skip)("promtool is not installed")
    queries = [{"expr": text, "eval_time": time, "exp_samples": _IMPOSSIBLE} for text, time in asked]
    test = {"interval": STEP, "input_series": [{"series": name, "values": values} for name, values in series.items()]}
    with tempfile.TemporaryDirectory() as folder:
        groups = [{"name": "records", "interval": "1m", "rules": list(rules)}]
        (Path(folder) / "rules.yaml").write_text(json.dumps({"groups": groups}), encoding="utf-8")
        tests = {"rule_files": ["rules.yaml"], "evaluation_interval": "1m", "tests": [{**test, "promql_expr_test": queries}]}
        (Path(folder) / "tests.yaml").write_text(json.dumps(tests), encoding="utf-8")
        done = subprocess.run([path, "test", "rules", "tests.yaml"], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    starts = [found.span() for found in _ENTRY.finditer(done.stderr)]
    assert len(starts) == len(queries), f"{len(starts)} answers to {len(queries)} queries\n" + (done.stdout + done.stderr)[:2000]
    ends = [start for start, _ in starts[1:]] + [len(done.stderr)]
    return [_answer(done.stderr[after:end]) for (_, after), end in zip(starts, ends, strict=True)]


def _answer(printed: str) -> Answer:
    refused = _ERROR.fullmatch(printed)
    if refused is not None:
        return Answer(error=refused["why"].strip())
    found = _GOT.match(printed)
    assert found is not None, printed
    samples, at = [], 0
    while at < len(found["got"]):
        one = _SAMPLE.match(found["got"], at)
        assert one is not None, found["got"][at:]
        if one["nil"] is None:
            labels = {pair["name"]: json.loads(pair["value"]) for pair in _LABEL.finditer(one["labels"])}
            samples.append(Sample(labels, float(one["value"])))
        at = one.end()
    return Answer(tuple(samples))
