"""The GitHub action: its own scripts run in real checkouts, its shape against the published schema of actions."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from github_action import ACTION, EXPRESSION, STEPS, Job, run, script
from installed import installed
from project import BUILT, REPOSITORY, SHOP, obskit, repository, write

SLIP = """\
from obskit.dashboards import dashboard, timeseries

slip = dashboard("Slip", uid="slip", tags=("t",), description="d", panels=[
    timeseries("Requests", "sum(rate(shop_request_total[5m]))", unit="reqps", description="d"),
])
"""
WARNING = """\
from obskit.dashboards import dashboard

bare = dashboard("Bare", tags=("t",), description="d", panels=[])
"""
SCRIPTS = [step for step in STEPS if "run" in step]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with a project in a folder of its own, built."""
    root = write(repository(tmp_path / "checkout") / "ops", SHOP).parent
    assert obskit(root / "ops", "build").code == 0
    return root


def ran(checkout: Path, **given: str) -> Job:
    """The action with inputs (`_` for `-`) on the project in `ops`, without a commit to tell the differences from."""
    inputs = {"project": "ops", "diff-base": "", **{name.replace("_", "-"): value for name, value in given.items()}}
    return run(checkout, installed(checkout.parent / "bin"), inputs)


def test_action_is_as_the_published_schema_says() -> None:
    if find_spec("check_jsonschema") is None:
        (pytest.fail if os.environ.get("OBSKIT_REQUIRE_TOOLS") else pytest.skip)("check-jsonschema, which has the schema, is not installed")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions", str(REPOSITORY / "action.yml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=installed_nowhere())
    assert done.returncode == 0, done.stdout + done.stderr


def installed_nowhere() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


@pytest.mark.parametrize("step", SCRIPTS, ids=lambda step: step["name"])
def test_no_expression_stands_in_a_script(step: dict[str, str]) -> None:
    assert EXPRESSION.findall(step["run"]) == [], "what stands in a script is run: inputs come by env"
    assert step["shell"] == "bash"
    assert step["run"].startswith("set -euo pipefail\n")
    subprocess.run(["bash", "-n", "-c", step["run"]], check=True)


def test_every_input_is_used_and_said() -> None:
    named = set(re.findall(r"inputs\.([\w-]+)", json.dumps(ACTION)))
    assert named == set(ACTION["inputs"])
    assert all(item["description"].strip() and "default" in item for item in ACTION["inputs"].values())


def test_other_actions_are_pinned_to_a_commit() -> None:
    used = [step["uses"] for step in STEPS if "uses" in step]
    assert [one for one in used if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", one)] == []


def test_good_project_passes(checkout: Path) -> None:
    job = ran(checkout)
    assert (job.failed, job.codes, job.out["Check"]) == (False, {"Check": 0}, "")


CASES = [
    # (files that change, inputs, the command in the log)
    ({"dashboards_src/slip.py": SLIP}, {}, "::error file=ops/dashboards_src/slip.py,line=4,col="),
    ({BUILT[0]: "{}\n"}, {}, f"::error file=ops/{BUILT[0]},title=stale::stale file"),
    ({"dashboards_src/bare.py": WARNING}, {"fail_on": "warning"}, "::warning file=ops/dashboards_src/bare.py,line="),
    ({"pyproject.toml": "[tool.obskit.env.prod.params]\nmost = 1\n"}, {}, "::error file=ops/pyproject.toml,line=2,title=environment::"),
]


@pytest.mark.parametrize(("files", "given", "said"), CASES)
def test_finding_or_stale_build_fails_the_job_and_is_annotated(
    checkout: Path, files: dict[str, str], given: dict[str, str], said: str
) -> None:
    write(checkout / "ops", files)
    job = ran(checkout, **given)
    assert (job.failed, job.codes["Check"], said in job.out["Check"]) == (True, 1, True), job.out


def test_warning_alone_fails_nothing_unless_asked(checkout: Path) -> None:
    write(checkout / "ops", {"dashboards_src/bare.py": WARNING})
    obskit(checkout / "ops", "build")
    assert (ran(checkout).failed, ran(checkout, fail_on="warning").failed) == (False, True)


@pytest.mark.parametrize(("project", "code"), [("nowhere", 2), ("", 2), ("--help", 2), ("$(touch owned)", 2), ("; touch owned", 2)])
def test_project_is_a_name_and_nothing_that_runs(checkout: Path, project: str, code: int) -> None:
    job = ran(checkout, project=project, sarif="out.sarif", upload="true")
    assert (job.failed, job.codes["Check"], job.codes["Write SARIF"]) == (True, code, code)
    assert job.out["Check"].startswith("::error title=obskit::")
    assert not any(checkout.rglob("owned"))
    assert (job.used.keys() & {"upload"}, (checkout / "out.sarif").exists()) == (set(), False)


@pytest.mark.parametrize("given", ["$(touch owned)", "error; touch owned", "`touch owned`", "error --only rules"])
def test_severity_is_a_word_and_nothing_that_runs(checkout: Path, given: str) -> None:
    job = ran(checkout, fail_on=given)
    assert (job.failed, job.codes["Check"], any(checkout.rglob("owned"))) == (True, 2, False)


@pytest.mark.parametrize(("files", "failed"), [({}, False), ({"dashboards_src/slip.py": SLIP}, True)])
def test_sarif_is_written_and_uploaded_whatever_it_says(checkout: Path, files: dict[str, str], failed: bool) -> None:
    write(checkout / "ops", files)
    obskit(checkout / "ops", "build")
    job = ran(checkout, sarif="reports/obs kit.sarif", upload="true")
    results = json.loads((checkout / "reports" / "obs kit.sarif").read_text())["runs"][0]["results"]
    uris = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results}
    assert (job.failed, uris) == (failed, {"ops/dashboards_src/slip.py"} if failed else set())
    ((_, given),) = [(name, given) for name, given in job.used.items() if "upload-sarif" in name]
    assert given == {"sarif_file": "reports/obs kit.sarif", "category": "obskit/ops"}
    assert job.filled(ACTION["outputs"]["sarif"]["value"]) == "reports/obs kit.sarif"


def test_sarif_is_not_uploaded_unless_asked(checkout: Path) -> None:
    assert not any("upload-sarif" in name for name in ran(checkout, sarif="x.sarif").used)


def test_name_of_the_sarif_file_cannot_set_another_output(checkout: Path) -> None:
    job = ran(checkout, sarif="x\nfile=/etc/passwd", upload="true")
    assert (job.codes["Write SARIF"], any("upload" in name for name in job.used)) == (2, False)


@pytest.mark.parametrize(
    ("given", "expected"), [("", "<action>"), (" \n", "<action>"), ("obskit==1\nshop-signals", "-r obskit==1 shop-signals")]
)
def test_what_is_installed(tmp_path: Path, given: str, expected: str) -> None:
    environment = installed(tmp_path / "bin")
    stub = 'import sys; a = sys.argv; print("-r " + " ".join(open(a[-1]).read().split()) if "--requirement" in a else a[-1])'
    (tmp_path / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" -c \'{stub}\' "$@"\n')  # pip would need a network
    (tmp_path / "bin" / "python").chmod(0o755)
    (step,) = [step for step in STEPS if step["name"] == "Install obskit"]
    job = Job(values={"inputs.requirements": given})
    (tmp_path / "checkout").mkdir()
    script(job, step, tmp_path / "checkout", {**environment, "GITHUB_ACTION_PATH": "<action>"})
    assert (job.codes, job.out) == ({"Install obskit": 0}, {"Install obskit": f"{expected}\n"})


def committed(checkout: Path) -> str:
    """The checkout as a repository with one commit; its name."""
    git = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "init.defaultBranch=main"]
    for arguments in (["init", "-q"], ["add", "-A", "."], ["commit", "-qm", "first"]):
        subprocess.run([*git, *arguments], cwd=checkout, check=True, env=installed(checkout.parent / "bin"))
    return subprocess.run(["git", "rev-parse", "HEAD"], cwd=checkout, check=True, capture_output=True, text=True).stdout.strip()


def test_difference_is_in_the_summary_and_fails_nothing(checkout: Path) -> None:
    base = committed(checkout)
    write(checkout / "ops", {"dashboards_src/shop.py": SHOP["dashboards_src/shop.py"].replace("Shop operations", "The shop")})
    obskit(checkout / "ops", "build")
    event = {"github.event.pull_request.base.sha": base}
    job = run(checkout, installed(checkout.parent / "bin"), {"project": "ops"}, event)
    assert (job.failed, "The shop" in job.summary) == (False, True), job.err


def test_no_difference_is_said_too(checkout: Path) -> None:
    job = ran(checkout, diff_base=committed(checkout))
    assert (job.failed, bool(job.summary.strip())) == (False, True), job.err


def test_differences_that_cannot_be_told_are_a_warning(checkout: Path) -> None:
    committed(checkout)
    job = ran(checkout, diff_base="0" * 40)
    assert (job.failed, job.summary) == (False, "")
    assert job.out["Sum up the differences"].startswith("::warning title=obskit diff::")


@pytest.mark.parametrize("base", ["--upload-pack=touch>owned", "main; touch owned", "$(touch owned)", "--help"])
def test_base_is_a_commit_and_nothing_that_runs(checkout: Path, base: str) -> None:
    committed(checkout)
    subprocess.run(["git", "remote", "add", "origin", str(checkout)], cwd=checkout, check=True)
    job = ran(checkout, diff_base=base)
    assert (list(checkout.parent.rglob("owned")), job.summary) == ([], "")


def test_long_summary_is_cut_to_what_is_taken(checkout: Path) -> None:
    base = committed(checkout)
    environment = installed(checkout.parent / "bin")
    (checkout.parent / "bin" / "obskit").write_text('#!/bin/sh\necho "$@"\nexit 1\n')
    (step,) = [step for step in STEPS if step["name"] == "Sum up the differences"]
    job = Job(values={"inputs.project": "ops", "inputs.diff-base": base})
    script(job, step, checkout, environment)
    assert (job.failed, job.summary) == (False, f"--project=ops diff --format markdown --at-most 1000000 {base}\n")
