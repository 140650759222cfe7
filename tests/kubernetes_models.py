"""What others' models of Kubernetes say of our objects: the published schemas of its API, and the Prometheus operator's own kinds."""

from __future__ import annotations

import importlib
import json
import os
from typing import Any

import pytest


def _model(module: str) -> Any:
    """The module, or the test is skipped; failed where OBSKIT_REQUIRE_TOOLS=1 says that everything is installed."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        (pytest.fail if os.environ.get("OBSKIT_REQUIRE_TOOLS") == "1" else pytest.skip)(f"{module} is not installed")


def refused(config_map: dict[str, Any]) -> str:
    """What the newest published schema of Kubernetes' API says of a ConfigMap, unknown keys forbidden; empty when it takes it."""
    kubernetes = _model("kubernetes_validate")
    try:
        kubernetes.validate(config_map, kubernetes.latest_version(), strict=True)
    except kubernetes.ValidationError as error:
        return str(error)
    return ""


def kept(rule: dict[str, Any]) -> Any:
    """What the Prometheus operator's own PrometheusRule keeps of an object: unknown keys are dropped, wrong values raise ValueError."""
    model = _model("cloudcoil.models.prometheus_operator.v1").PrometheusRule.model_validate(rule)
    return json.loads(model.model_dump_json(by_alias=True, exclude_none=True))
