"""The files around a project's modules: settings, and what lets git, pre-commit and GitHub Actions build and check it."""

from __future__ import annotations

SETTINGS = """\
# Every setting of obskit is optional; these are the ones most often changed.
[tool.obskit]
dashboards = ["dashboards_src"]      # source folders
rules = ["rules_src"]
out = "build"                        # generated, in git, never edited by hand

[tool.obskit.targets]                # what the output is for
grafana = "13.0"
prometheus = "3.0"

[tool.obskit.lint]
fail = "error"                       # error | warning: what fails a build
"""

IGNORED = """\
__pycache__/
.venv/
.obskit/
"""

HOOKS = """\
repos:
  - repo: local
    hooks:
      - id: obskit-build
        name: obskit build --check
        entry: obskit build --check --all-envs
        language: system
        pass_filenames: false
      - id: obskit-lint
        name: obskit lint
        entry: obskit lint --all-envs
        language: system
        pass_filenames: false
"""

WORKFLOW = """\
name: observability
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  obskit:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.13"
      # OWNER: whose repository of obskit you use
      - run: pip install "@obskit@"
      - run: obskit build --check --all-envs --format github
      - run: obskit lint --all-envs --format github
"""
