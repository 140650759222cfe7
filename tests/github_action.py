"""A composite action of GitHub run step by step on this machine: its inputs, its conditions, its scripts in real bash.

What other actions a step uses is only noted. Status functions, comparisons of strings and `&&` are all that conditions may have.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from project import REPOSITORY

ACTION: dict[str, Any] = yaml.safe_load((REPOSITORY / "action.yml").read_text("utf-8"))
STEPS: list[dict[str, Any]] = ACTION["runs"]["steps"]
EXPRESSION = re.compile(r"\$\{\{\s*(.*?)\s*\}\}")


@dataclass
class Job:
    """What came of a run: whether it failed, what each step printed and exited with, what actions were used with what."""

    failed: bool = False
    codes: dict[str, int] = field(default_factory=dict)
    out: dict[str, str] = field(default_factory=dict)
    err: dict[str, str] = field(default_factory=dict)
    used: dict[str, dict[str, str]] = field(default_factory=dict)
    summary: str = ""
    values: dict[str, str] = field(default_factory=dict)
    """What expressions may name: `inputs.x`, `steps.x.outputs.y`, `steps.x.conclusion`, the context of the event."""

    def filled(self, text: str) -> str:
        return EXPRESSION.sub(lambda match: self.values.get(match[1], ""), text)

    def wants(self, condition: str) -> bool:
        """Whether a step with this condition runs; one that names no status function needs that nothing failed."""
        inner = condition.removeprefix("${{").removesuffix("}}").strip()
        return all(map(self._holds, inner.split("&&"))) and ("cancelled()" in inner or not self.failed)

    def _holds(self, term: str) -> bool:
        term = term.strip()
        if term == "!cancelled()":
            return True
        match = re.fullmatch(r"([\w.-]+) (==|!=) '([^']*)'", term)
        assert match, f"a condition this runner does not know: {term}"
        return (self.values.get(match[1], "") == match[3]) is (match[2] == "==")


def run(
    workspace: Path, environment: Mapping[str, str], given: Mapping[str, str] | None = None, event: Mapping[str, str] | None = None
) -> Job:
    """The action in a checkout. Installing is left out: obskit is on the path already (its script is tested alone)."""
    job = Job(values=dict(event or {}))
    inputs = {name: job.filled(item["default"]) for name, item in ACTION["inputs"].items()} | dict(given or {})
    job.values |= {f"inputs.{name}": value for name, value in inputs.items()}
    for step in STEPS:
        name, known = step["name"], step.get("id", step["name"])
        if not job.wants(step.get("if", "")) if "if" in step else job.failed:
            job.values[f"steps.{known}.conclusion"] = "skipped"
        elif "uses" in step:
            job.used[step["uses"]] = {key: job.filled(str(value)) for key, value in step["with"].items()}
        elif name != "Install obskit":
            script(job, step, workspace, environment)
    return job


def script(job: Job, step: dict[str, Any], workspace: Path, environment: Mapping[str, str]) -> None:
    """One `run:` as the runner does it: written to a file, `bash --noprofile --norc -eo pipefail`, the files for answers given."""
    name, known, temp = step["name"], step.get("id", step["name"]), workspace.parent / "temp"
    temp.mkdir(exist_ok=True)
    output, summary, file = temp / "output", temp / "summary", temp / "script.sh"
    for place in (output, summary):
        place.write_text("")
    file.write_text(job.filled(step["run"]))
    files = {"GITHUB_OUTPUT": output, "GITHUB_STEP_SUMMARY": summary, "GITHUB_WORKSPACE": workspace, "RUNNER_TEMP": temp}
    known_there = {**environment, **{key: str(value) for key, value in files.items()}, "GITHUB_ACTIONS": "true", "CI": "true"}
    known_there |= {key: job.filled(str(value)) for key, value in step.get("env", {}).items()}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)]
    done = subprocess.run(command, cwd=workspace, env=known_there, capture_output=True, text=True, check=False, timeout=120)
    job.codes[name], job.out[name], job.err[name] = done.returncode, done.stdout, done.stderr
    job.failed = job.failed or done.returncode != 0
    job.values[f"steps.{known}.conclusion"] = "failure" if done.returncode else "success"
    for line in output.read_text().splitlines():
        key, _, value = line.partition("=")
        job.values[f"steps.{known}.outputs.{key}"] = value
    job.summary += summary.read_text()
