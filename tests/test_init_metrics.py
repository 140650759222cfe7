"""`obskit init --from-metrics`: whatever a service exposes, the project that is made of it builds without a finding that hurts."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from expositions import ALL, GO, JAVA, NATIVE, NODE, PYTHON
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from project import REPOSITORY, Ran, obskit, write

_NUMBER = itertools.count()


def begun(root: Path, text: str, *arguments: str) -> Path:
    """The project that is made of a text."""
    write(root, {"metrics.txt": text})
    ran = obskit(None, "init", str(root / "shop"), "--from-metrics", str(root / "metrics.txt"), *arguments)
    assert ran.code == 0, ran
    return root / "shop"


def hurting(project: Path) -> list[str]:
    """What a build and a lint say at error or warning level, and how they end if not well."""
    built, checked, linted = (obskit(project, *words) for words in (("build",), ("build", "--check"), ("lint", "--format", "json")))
    said = [f"{one['id']}: {one['message']}" for one in json.loads(linted.out)["findings"] if one["severity"] != "info"]
    return said + [str(ran) for ran in (built, checked, linted) if ran.code] + [built.out for _ in built.out.split()[:1]]


def board(project: Path) -> dict[str, list[str]]:
    """The titles of the panels by row, as they are built."""
    made = json.loads((project / "build/grafana/dashboards/shop/shop.json").read_text())
    found: dict[str, list[str]] = {}
    for panel in made["panels"]:
        if panel["type"] == "row":
            row = found.setdefault(panel["title"], [])
            row += [inner["title"] for inner in panel.get("panels", [])]
        else:
            row.append(panel["title"])
    return found


def test_time_that_requests_take_is_no_traffic(tmp_path: Path) -> None:
    text = "".join(f"# TYPE disk_{name} counter\ndisk_{name} 1\n" for name in ("flush_requests_total", "flush_requests_time_seconds_total"))
    project = begun(tmp_path, text)
    assert obskit(project, "build").code == 0
    assert board(project) == {"Health": ["Targets up"], "Traffic": ["Flush requests"], "Work": ["Flush requests time"]}


FULL = [name for name in ALL if name != "empty"]


@pytest.mark.parametrize("name", FULL)
def test_project_of_an_exposition_builds_and_lints_without_a_warning(tmp_path: Path, name: str) -> None:
    assert hurting(begun(tmp_path, ALL[name])) == []


@pytest.mark.parametrize("name", FULL)
def test_catalogue_of_an_exposition_differs_in_nothing_from_it(tmp_path: Path, name: str) -> None:
    project = begun(tmp_path, ALL[name])
    ran = obskit(project, "catalog", "scrape", str(tmp_path / "metrics.txt"), "--format", "json")
    wrong = [one["message"] for one in json.loads(ran.out)["findings"] if one["severity"] == "error"]
    assert wrong == []


@pytest.mark.parametrize("text", ["", "\n", "# only words\n", "# EOF\n"])
def test_text_without_metrics_begins_nothing(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"metrics.txt": text})
    ran = obskit(None, "init", str(tmp_path / "shop"), "--from-metrics", str(tmp_path / "metrics.txt"))
    assert (ran.code, "metrics.txt holds no metric" in ran.err, (tmp_path / "shop").exists()) == (2, True, False), ran


def test_board_of_a_go_service_has_rate_errors_duration_and_saturation(tmp_path: Path) -> None:
    project = begun(tmp_path, GO)
    obskit(project, "build")
    assert board(project) == {
        "Health": ["Targets up"],
        "Traffic": ["HTTP requests", "gRPC server handled"],
        "Errors": ["Errors of HTTP requests", "Errors of gRPC server handled"],
        "Duration": ["HTTP request duration", "Distribution of HTTP request duration"],
        "Saturation": ["CPU", "Memory", "Open files"],
    }


def test_board_of_a_java_service_counts_what_its_timers_observe(tmp_path: Path) -> None:
    project = begun(tmp_path, JAVA)
    obskit(project, "build")
    rows = board(project)
    assert (rows["Traffic"], rows["Errors"]) == (["HTTP server requests"], ["Errors of HTTP server requests"])


def test_errors_are_those_that_the_values_say(tmp_path: Path) -> None:
    text = (begun(tmp_path, PYTHON) / "dashboards_src/shop.py").read_text()
    assert 'jobs.where(status=one_of("failed", "timeout"))' in text
    assert 'requests.where(status_code=regex("5.."))' in text


def test_series_are_told_apart_by_what_sort_they_are(tmp_path: Path) -> None:
    text = (begun(tmp_path, NODE) / "dashboards_src/shop.py").read_text()
    assert 'timeseries("CPU", node_cpu.rate().sum(by="mode"))' in text


def test_code_tells_more_than_a_word_for_it(tmp_path: Path) -> None:
    assert '.where(status=regex("5.."))' in (begun(tmp_path, JAVA) / "dashboards_src/shop.py").read_text()


def test_moments_are_not_drawn(tmp_path: Path) -> None:
    assert "boot_time" not in (begun(tmp_path, NODE) / "dashboards_src/shop.py").read_text()


def test_native_histograms_are_asked_without_buckets(tmp_path: Path) -> None:
    project = begun(tmp_path, NATIVE)
    obskit(project, "build")
    built = (project / "build/grafana/dashboards/shop/shop.json").read_text()
    assert ("histogram_quantile(0.95, sum(rate(shop_latency_seconds" in built, "_bucket" in built) == (True, False)


def test_job_may_be_called_otherwise(tmp_path: Path) -> None:
    project = begun(tmp_path, GO, "--job", 'eu/"shop"')
    assert hurting(project) == []
    rules = (project / "build/prometheus/rules/shop.yaml").read_text()
    assert r'up{job="eu/\"shop\""} == 0 or absent(up{job="eu/\"shop\""})' in rules


def test_metrics_come_from_standard_input(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "obskit", "init", "shop", "--from-metrics", "-"]
    environment = {"PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, input=GO, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "http_requests_total" in (tmp_path / "shop/rules_src/catalog/shop.py").read_text()


def test_malformed_metrics_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path, {"metrics.txt": 'a{b="c} 1\n'})
    ran = obskit(None, "init", str(tmp_path / "shop"), "--from-metrics", str(tmp_path / "metrics.txt"))
    assert (ran.code, "metrics.txt:1: error:" in ran.out, (tmp_path / "shop").exists()) == (1, True, False)
    assert ran.err == "nothing was written: 1 error\n"


def test_metrics_that_are_not_there_are_a_question_that_cannot_be_asked(tmp_path: Path) -> None:
    ran = obskit(None, "init", str(tmp_path / "shop"), "--from-metrics", str(tmp_path / "none.txt"))
    assert (ran.code, "cannot be read" in ran.err, (tmp_path / "shop").exists()) == (2, True, False)


def test_service_that_does_not_answer_is_the_outside_world(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        ran = obskit(None, "init", str(tmp_path / "shop"), "--from-metrics", f"http://127.0.0.1:{taken.getsockname()[1]}/metrics")
    assert (ran.code, (tmp_path / "shop").exists()) == (3, False)


def test_same_metrics_make_the_same_project(tmp_path: Path) -> None:
    blocks = re.split(r"(?m)^(?=# HELP)", PYTHON)
    first, second = begun(tmp_path / "a", PYTHON), begun(tmp_path / "b", "".join(reversed(blocks)))
    for path in ("rules_src/catalog/shop.py", "dashboards_src/shop.py", "rules_src/shop.py"):
        assert (first / path).read_bytes() == (second / path).read_bytes()


def test_moment_of_creation_is_a_signal_unless_it_is_another_metrics(tmp_path: Path) -> None:
    pods = "# TYPE kube_pod_created gauge\nkube_pod_created 1.7e9\n"
    orders = "# TYPE orders_total counter\norders_total 1\n# TYPE orders_created gauge\norders_created 1.7e9\n"
    catalogue = (begun(tmp_path, pods + orders) / "rules_src/catalog/shop.py").read_text()
    assert '"kube_pod_created"' in catalogue
    assert "# Left out: orders_created." in catalogue


@pytest.mark.parametrize(
    ("metric", "about", "value", "is_moment"),
    [
        ("node_boot_time_seconds", "Node boot time, in unixtime.", "1.7e9", True),
        ("node_time_seconds", "System time in seconds since epoch (1970).", "1.7e9", True),
        ("kube_pod_created", "Unix creation timestamp", "1.7e9", True),
        ("shop_started", "Seconds since 1970 of the start.", "0", True),
        ("shop_start_time_seconds", "Start.", "1.7e9", True),
        ("shop_start_time_seconds", "Time to start.", "12.5", False),
        ("shop_busy_seconds", "Busy.", "1.7e9", False),
        ("shop_response_time_seconds", "Time to answer.", "NaN", False),
        ("shop_disk_bytes", "Size, see timestamp.", "5e9", False),
    ],
)
def test_gauge_of_a_moment_is_known(tmp_path: Path, metric: str, about: str, value: str, is_moment: bool) -> None:
    project = begun(tmp_path, f"# HELP {metric} {about}\n# TYPE {metric} gauge\n{metric} {value}\n")
    catalogue = (project / "rules_src/catalog/shop.py").read_text()
    assert (f'"{metric}"' in catalogue, "units.TIMESTAMP" in catalogue) == (True, is_moment)
    assert hurting(project) == []


def test_time_since_a_moment_is_a_length_of_time(tmp_path: Path) -> None:
    project = begun(tmp_path, "# HELP boot_time_seconds Unixtime.\n# TYPE boot_time_seconds gauge\nboot_time_seconds 1.7e9\n")
    board = (project / "dashboards_src/shop.py").read_text()
    assert "boot_time" not in board
    head, panel = "from obskit.dashboards import dashboard, stat", 'stat("Up", "time() - boot_time_seconds")'
    more = f'{head}\nx = dashboard("X", uid="x", panels=[{panel}])\n'
    write(project, {"dashboards_src/x.py": more})
    assert hurting(project) == []
    assert '"unit": "s"' in next(project.rglob("x.json")).read_text()


def test_openmetrics_of_kube_state_metrics_makes_a_project(tmp_path: Path) -> None:
    text = '# HELP kube_pod_info A pod.\n# TYPE kube_pod_info info\nkube_pod_info{pod="a"} 1\n# EOF\n'
    assert '"kube_pod_info"' in (begun(tmp_path, text) / "rules_src/catalog/shop.py").read_text()


WORDS = ("http", "requests", "query", "class", "errors", "p95", "max", "duration", "row", "time", "up", "board", "A", "a", "total")
ENDINGS = ("", "_total", "_seconds", "_bytes", "_seconds_total", "_ratio", "_percent", "_info", "_created", "_milliseconds", "_count")
LABELS = ("code", "status", "result", "method", "outcome", "class", "path", "job", "grpc_code", "success")
LE = 'le="{}"'
VALUES = ("200", "500", "5xx", "ok", "OK", "error", "failed", "GET", "true", "", "{{x}}", "ü 🙂", "a'b", "$x")


@st.composite
def families(draw: st.DrawFn) -> str:
    """A family of any type, in the classic text format."""
    name = "_".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))) + draw(st.sampled_from(ENDINGS))
    kind = draw(st.sampled_from(("counter", "gauge", "histogram", "summary", "untyped", "")))
    names = draw(st.lists(st.sampled_from(LABELS), max_size=3, unique=True))
    rows = draw(st.lists(st.tuples(*(st.sampled_from(VALUES) for _ in names)), min_size=1, max_size=4, unique=True))
    lines = [f"# TYPE {name} {kind}"] if kind else []
    for row in rows:
        pairs = [f'{label}="{value}"' for label, value in zip(names, row, strict=True)]
        if kind == "histogram":
            bounds = draw(st.sampled_from((("+Inf",), ("0.1", "1", "+Inf"), ("-1", "+Inf"))))
            lines += [f"{name}_bucket{{{','.join([*pairs, LE.format(bound)])}}} 1" for bound in bounds]
        if kind in ("histogram", "summary"):
            lines += [f"{name}{part}{{{','.join(pairs)}}} 1" for part in ("_sum", "_count")]
        else:
            lines.append(f"{name}{{{','.join(pairs)}}} {draw(st.sampled_from(('0', '1', '1.7e9', 'NaN')))}")
    return "\n".join(lines) + "\n"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(families(), min_size=1, max_size=8))
def test_any_valid_exposition_makes_a_project_that_builds(tmp_path: Path, parts: list[str]) -> None:
    root = tmp_path / str(next(_NUMBER))
    write(root, {"metrics.txt": "".join(parts)})
    ran = obskit(None, "init", str(root / "shop"), "--from-metrics", str(root / "metrics.txt"))
    if ran.code == 0:
        assert hurting(root / "shop") == [], (root / "dashboards_src/shop.py")
    else:
        assert ran == Ran(1, ran.out, ran.err)
        assert "[exposition]" in ran.out
    shutil.rmtree(root)


def test_panels_of_one_histogram_have_titles_in_words(tmp_path: Path) -> None:
    lines = [f'shop_request_seconds_{end} 1' for end in ('bucket{code="200",le="1"}', 'bucket{code="200",le="+Inf"}', 'sum{code="200"}')]
    text = "\n".join(("# TYPE shop_request_seconds histogram", *lines, 'shop_request_seconds_count{code="200"} 1', ""))
    (tmp_path / "metrics.txt").write_text(text)
    assert obskit(None, "init", str(tmp_path / "shop"), "--from-metrics", str(tmp_path / "metrics.txt")).code == 0
    board = (tmp_path / "shop" / "dashboards_src" / "shop.py").read_text()
    assert '"Percentiles of request"' in board
    assert "_request_seconds\"" not in board


FEDERATED = """\
# TYPE shop_jobs_total untyped
shop_jobs_total{instance="a:1",job="shop"} 4 1796071954656
# TYPE shop_seconds_bucket untyped
shop_seconds_bucket{instance="a:1",job="shop",le="+Inf"} 4 1796071954656
shop_seconds_bucket{instance="a:1",job="shop",le="0.5"} 1 1796071954656
shop_seconds_bucket{instance="a:1",job="shop",le="10"} 3 1796071954656
shop_seconds_bucket{instance="a:1",job="shop",le="2.5"} 2 1796071954656
# TYPE shop_seconds_count untyped
shop_seconds_count{instance="a:1",job="shop"} 4 1796071954656
# TYPE shop_seconds_sum untyped
shop_seconds_sum{instance="a:1",job="shop"} 4 1796071954656
"""


def test_what_prometheus_federates_becomes_a_project(tmp_path: Path) -> None:
    assert hurting(begun(tmp_path, FEDERATED)) == []


def test_counter_that_is_not_a_number_yet_is_declared(tmp_path: Path) -> None:
    project = begun(tmp_path, "# HELP shop_jobs_total Jobs.\n# TYPE shop_jobs_total counter\nshop_jobs_total NaN\n")
    assert '"shop_jobs_total"' in (project / "rules_src/catalog/shop.py").read_text()
