"""Text of every kind through the format `provisioning` and back: read by another YAML library, expanded as Grafana does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from obskit import analysis, render, source
from obskit.artifact import Artifact
from obskit.datasources import Loki, Prometheus, Tempo, ToLogs, ToMetrics, ToTrace
from obskit.model import Board
from obskit.render.validate import findings as refused
from obskit.settings import Provisioning, Settings

TEXTS = (
    "$", "$$", "$$$", "${X}", "$X", "$__env{X}", "{{ $labels.x }}", "a $ b", '"', "'", "\\", "\\n", "a\nb", "a\n", "\ta\tb", " a ", "中文",
    "🙂", "a\u2028b", "a\x85b", "a\rb", "%", "#", "a # b", "a: b", "-", "- a", "!a", "*a", "&a", "@a", "`a", "?", "|", ">", "[a]", "{a}",
    "yes", "no", "null", "~", "true", "1", "1e3", "0x1f", "0o17", "1:30", "2026-11-30", "=", "<<", "\x07", "x" * 5000,
    "$" * 300, "a $X " * 200,
)  # fmt: skip


def expanded(value: Any) -> Any:
    """What Grafana makes of a value: text between `$$` is expanded (here: must hold nothing to expand), and joined by `$`."""
    if isinstance(value, dict):
        return {key: expanded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [expanded(item) for item in value]
    if not isinstance(value, str):
        return value
    parts = value.split("$$")
    assert not any("$" in part for part in parts), value
    return "$".join(parts)


def built(root: Path, datasources: tuple[Any, ...] = (), boards: tuple[Board, ...] = (), path: str = "/srv") -> dict[str, Any]:
    settings = Settings(root=root, formats=("dashboards", "provisioning"), provisioning=Provisioning(path=path))
    project = source.Project(settings=settings, datasources=datasources, boards=boards)
    made = [each for each in render.run(analysis.run(project), render.formats(settings)) if each.format == "provisioning"]
    assert list(refused(made)) == []
    (artifact,) = made
    return read(artifact)


def read(artifact: Artifact) -> dict[str, Any]:
    yaml = YAML(typ="safe", pure=True)
    loaded: dict[str, Any] = expanded(yaml.load(artifact.text))
    assert loaded == expanded(artifact.data)
    return loaded


@pytest.mark.parametrize("text", TEXTS)
def test_text_of_a_datasource_comes_back(tmp_path: Path, text: str) -> None:
    tag = text if text.strip() else "a"
    tempo = Tempo(
        f"T{text}",
        uid="tempo",
        url="http://t",
        logs=ToLogs("loki", tags={f"t{tag}": "t"}, query=f"{{a}}{text}"),
        metrics=ToMetrics("prometheus", queries={f"q{text}": f"{text}{{$__tags}}"}),
    )
    loki = Loki("L", uid="loki", url="http://l", traces=ToTrace("tempo", pattern="(a)", title=text))
    prometheus = Prometheus("P", uid="prometheus", url="http://p", parameters=text, version=text)
    data = built(tmp_path, (tempo, loki, prometheus))["datasources"]
    logs, metrics = data[0]["jsonData"]["tracesToLogsV2"], data[0]["jsonData"]["tracesToMetrics"]
    assert (data[0]["name"], logs["tags"][0]["key"], logs["query"]) == (f"T{text}", f"t{tag}", f"{{a}}{text}")
    assert metrics["queries"] == [{"name": f"q{text}", "query": f"{text}{{$__tags}}"}]
    assert data[1]["jsonData"]["derivedFields"][0]["name"] == text
    assert (data[2]["jsonData"]["customQueryParameters"], data[2]["jsonData"]["prometheusVersion"]) == (text, text)


@pytest.mark.parametrize("text", [text for text in TEXTS if "\n" not in text and "\r" not in text])
def test_text_of_a_header_comes_back(tmp_path: Path, text: str) -> None:
    (source,) = built(tmp_path, (Prometheus("P", uid="p", url="http://p", headers={"X-A": text}),))["datasources"]
    assert source["secureJsonData"] == {"httpHeaderValue1": text}


@pytest.mark.parametrize("text", TEXTS)
def test_title_of_a_folder_comes_back(tmp_path: Path, text: str) -> None:
    board = Board(json={"uid": "b", "panels": []}, uid="b", title="B", folder=text, module="m.py", panels=(), variables=())
    (provider,) = built(tmp_path, (), (board,), path=f"/srv/{text}/x")["providers"]
    assert (provider["folder"], provider["options"]["path"].startswith(f"/srv/{text}/x/")) == (text, True)
