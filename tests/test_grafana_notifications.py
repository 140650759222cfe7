"""Contact points, policies and mute times as Grafana's provisioning reads them."""

from __future__ import annotations

import copy
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from notified import AWKWARD, interpolated, notified
from official_model import require_model
from project import write
from ruamel.yaml import YAML

from obskit.artifact import Artifact
from obskit.render.alerting._contact_points import FORMS
from obskit.render.alerting._escaping import literal
from obskit.render.alerting._notifications import documents, findings
from obskit.render.validate import schema_file

SCHEMA = json.loads(schema_file("alerting").read_text("utf-8"))
ENVIRONMENT = {"DING": "https://ding/?t=1", "WECOM": "w", "APP": "a", "SLACK": "s", "PD": "p", "HOOK": "h", "/run/token": "t", "X": "wrong"}
ALL = """
ends = Period(days=("-3:-1",), months=("nov:feb",), years=(2027,))
nights = MuteTime("nights", Period(times=("22:00-06:00",)), ends, zone="Asia/Shanghai")
ops = Receiver("ops",
    Email(("a@example.com", "b@example.com"), subject="{{ .Status }}", message="m", single=True),
    Email("c@example.com", send_resolved=False),
    DingTalk(Secret.env("DING"), title="t", message="m", message_type="actionCard"),
    WeComRobot(Secret.env("WECOM"), mention=("@all",), message_type="text"),
    WeComApp("ww", "1000002", Secret.env("APP"), users=("zhang", "li"), api="https://wecom.example.com"),
    Slack(Secret.env("SLACK"), mention="here", users=("U1", "U2"), groups=("S1",), color="#f00", footer="f", username="u"),
    Slack(token=Secret.file("/run/token"), channel="#ops"),
    PagerDuty(Secret.env("PD"), severity="critical", class_="c", details={"a $b": "$c"}),
    Webhook(Secret.env("HOOK"), method="PUT", most=5, title="t", message="m"),
    Webhook("https://hooks.example.com/a", username="u", password=Secret.env("HOOK")),
    Webhook("https://hooks.example.com/a", token=Secret.env("HOOK"), scheme="Token"))
root = Route(ops, group_by=("alertname",), group_wait="0s", repeat_interval="90m", routes=(
    Route(match={"severity": one_of("critical", "warning"), "team": not_(regex("a|b"))}, group_by=("...",), mute=nights, continue_=True,
          routes=(Route(ops, match={"job": ""}, active=nights),)),))
"""


def built(root: Path, declarations: str) -> dict[str, Any]:
    """The files by name, as a second YAML library reads them."""
    return {Path(one.path).stem: read(one.text) for one in documents(notified(root, declarations))}


def read(text: str) -> Any:
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(io.StringIO(text))))


@cache
def everything() -> dict[str, Any]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return built(Path(folder), ALL)


def test_settings_are_those_of_grafana() -> None:
    (point,) = interpolated(everything()["contact-points"], ENVIRONMENT)["contactPoints"]
    assert (point["orgId"], point["name"]) == (1, "ops")
    assert [(one["type"], one["settings"], one["disableResolveMessage"]) for one in point["receivers"]] == [
        ("email", {"addresses": "a@example.com;b@example.com", "singleEmail": True, "subject": "{{ .Status }}", "message": "m"}, False),
        ("email", {"addresses": "c@example.com"}, True),
        ("dingding", {"url": "https://ding/?t=1", "msgType": "actionCard", "title": "t", "message": "m"}, False),
        ("wecom", {"url": "w", "touser": "@all", "msgtype": "text"}, False),
        (
            "wecom",
            {
                "corp_id": "ww", "agent_id": "1000002", "secret": "a", "endpointUrl": "https://wecom.example.com", "touser": "zhang|li",
                "msgtype": "markdown",
            },
            False,
        ),
        (
            "slack",
            {
                "url": "s", "username": "u", "mentionChannel": "here", "mentionUsers": "U1,U2", "mentionGroups": "S1", "color": "#f00",
                "footer": "f",
            },
            False,
        ),
        ("slack", {"token": "t", "recipient": "#ops"}, False),
        ("pagerduty", {"integrationKey": "p", "severity": "critical", "class": "c", "details": {"a $b": "$c"}}, False),
        ("webhook", {"url": "h", "httpMethod": "PUT", "maxAlerts": 5, "title": "t", "message": "m"}, False),
        ("webhook", {"url": "https://hooks.example.com/a", "httpMethod": "POST", "username": "u", "password": "h"}, False),
        (
            "webhook",
            {
                "url": "https://hooks.example.com/a", "httpMethod": "POST", "authorization_scheme": "Token",
                "authorization_credentials": "h",
            },
            False,
        ),
    ]  # fmt: skip


def test_policies_are_the_tree() -> None:
    assert everything()["policies"]["policies"] == [
        {
            "orgId": 1, "receiver": "ops", "group_by": ["alertname"], "group_wait": "0s", "repeat_interval": "1h30m",
            "routes": [
                {
                    "object_matchers": [["severity", "=~", "critical|warning"], ["team", "!~", "a|b"]], "group_by": ["..."],
                    "mute_time_intervals": ["nights"], "continue": True,
                    "routes": [{"receiver": "ops", "object_matchers": [["job", "=", ""]], "active_time_intervals": ["nights"]}],
                }
            ],
        }
    ]  # fmt: skip


def test_mute_times_are_intervals() -> None:
    (mute,) = everything()["mute-times"]["muteTimes"]
    hours = [{"start_time": "22:00", "end_time": "24:00"}, {"start_time": "00:00", "end_time": "06:00"}]
    months = ["november:december", "january:february"]
    assert mute == {
        "orgId": 1,
        "name": "nights",
        "time_intervals": [
            {"times": hours, "location": "Asia/Shanghai"},
            {"days_of_month": ["-3:-1"], "months": months, "years": ["2027"], "location": "Asia/Shanghai"},
        ],
    }


def test_uids_are_legal_different_and_lasting(tmp_path: Path) -> None:
    (point,) = everything()["contact-points"]["contactPoints"]
    uids = [one["uid"] for one in point["receivers"]]
    assert len(set(uids)) == len(uids)
    assert max(map(len, uids)) <= 40
    less = 'root = Route(Receiver("ops", DingTalk(Secret.env("OTHER")), Email("z@example.com")))'
    (point,) = built(tmp_path, less)["contact-points"]["contactPoints"]
    assert [one["uid"] for one in point["receivers"]] == [uids[2], uids[0]]


def test_official_model_takes_policies_and_kinds() -> None:
    require_model()
    from grafana_foundation_sdk.cog import encoder
    from grafana_foundation_sdk.models import alerting

    (policy,) = copy.deepcopy(everything()["policies"]["policies"])
    del policy["orgId"]
    assert json.loads(json.dumps(alerting.NotificationPolicy.from_json(policy), cls=encoder.JSONEncoder)) == policy
    kinds = str(alerting.ContactPoint.__init__.__annotations__["type_val"])
    assert [kind for kind, _ in FORMS.values() if f"'{kind}'" not in kinds] == []


def test_awkward_texts_come_back_as_they_are(tmp_path: Path) -> None:
    declarations = f"""
texts = {AWKWARD!r}
def hook(text):
    return Webhook("https://hooks.example.com/a", message=text, title="t")
page = PagerDuty(Secret.env("PD"), details={{f"k{{n}} $X": text for n, text in enumerate(texts)}})
ops = Receiver("ops $x ${{Y}}", *map(hook, texts), page)
root = Route(ops, routes=tuple(Route(ops, match={{"job": text}}) for text in texts) + (Route(ops, match={{"job": regex("^a$")}}),))
"""
    made = {name: interpolated(data, ENVIRONMENT) for name, data in built(tmp_path, declarations).items()}
    (point,) = made["contact-points"]["contactPoints"]
    *hooks, pagerduty = point["receivers"]
    (policy,) = made["policies"]["policies"]
    assert (point["name"], policy["receiver"]) == ("ops $x ${Y}", "ops $x ${Y}")
    assert tuple(one["settings"].get("message", "") for one in hooks) == AWKWARD
    assert pagerduty["settings"]["details"] == {f"k{n} $X": text for n, text in enumerate(AWKWARD)}
    matchers = [route["object_matchers"][0] for route in policy["routes"]]
    assert [(operator, text) for _, operator, text in matchers if '"' not in text] == [
        *(("=", text) for text in AWKWARD if '"' not in text), ("=~", "^a$"),
    ]  # fmt: skip


def test_interpolation_is_grafanas() -> None:
    known = {"A": "1", "B": "2", "/f": "3"}
    said = ["$A", "${A}b", "$$A", "$$$A", "$__env{B}", "$__file{/f}", "$$__env{B}", "5$", "$ A", "$1", "$UNKNOWN."]
    assert [interpolated(text, known) for text in said] == ["1", "1b", "$A", "$1", "2", "3", "$__env{B}", "5$", "$ A", "", "."]


LIMITS = [
    ('DingTalk(bridge="http://b/x")', "error", "Grafana needs the url of a DingTalk"),
    ('WeComRobot(bridge="http://b/x")', "error", "Grafana needs the url of a WeCom robot"),
    ('WeComApp("w", "1", Secret.env("A"), users=(), tags=("1",))', "error", "Grafana's WeCom app writes to users alone, and none is named"),
    (
        'WeComApp("w", "1", Secret.env("A"), tags=("1",))', "warning",
        "parties and tags are left out: Grafana's WeCom app writes to users alone",
    ),
    ("", "error", 'receiver "ops" has no integration, and Grafana keeps no contact point without one'),
]  # fmt: skip


@pytest.mark.parametrize(("integration", "severity", "message"), LIMITS)
def test_what_grafana_has_no_form_for_is_told(tmp_path: Path, integration: str, severity: str, message: str) -> None:
    (found,) = findings(notified(tmp_path, f'root = Route(Receiver("ops", {integration}))'))
    assert (found.id, found.severity, found.message) == ("delivery", severity, message)
    assert found.origin is not None
    assert str(found.origin) == "rules_src/notifications.py:3"


@pytest.mark.parametrize(("target", "told"), [("12.0", 1), ("12.1", 0), ("13.0", 0)])
def test_active_times_need_a_newer_grafana(tmp_path: Path, target: str, told: int) -> None:
    found = list(findings(notified(tmp_path, ALL, f'[tool.obskit.targets]\ngrafana = "{target}"\n')))
    message = f'active times of the route {{job=""}} need Grafana 12.1, and the output is for {target}'
    assert [(one.severity, one.message) for one in found] == [("error", message)] * told


def test_module_that_would_take_the_file_of_the_policies_is_told(tmp_path: Path) -> None:
    rules = 'from obskit.rules import Record\nup = Record(name="job:up:sum", expr="sum by (job) (up)")\n'
    write(tmp_path, {"rules_src/policies.py": rules})
    (found,) = findings(notified(tmp_path, 'root = Route(Receiver("ops", Email("a@example.com")))'))
    assert found.message == 'the rules of "rules_src/policies.py" and the notification policies would be the same file'


def test_inhibition_is_told_once_and_may_be_known(tmp_path: Path) -> None:
    ops = 'root = Route(Receiver("ops", Email("a@example.com")))\n'
    one = 'Inhibit(source={"a": "b"}, target={"c": "d"})'
    other = one.replace('"b"', '"e"')
    (found,) = findings(notified(tmp_path, f"{ops}several = [{one}, {other}]"))
    assert found.severity == "warning"
    assert found.message.startswith("Grafana's alerting has no inhibition: 2 inhibitions are left out there")
    known = one.replace(")", ", alertmanager_only=True)")
    assert list(findings(notified(tmp_path, f"{ops}several = [{known}]"))) == []


def test_without_notifications_there_is_no_file(tmp_path: Path) -> None:
    assert list(documents(notified(tmp_path, ""))) == []


def artifacts(root: Path) -> list[Artifact]:
    return list(documents(notified(root, ALL)))


def test_schema_is_one_and_takes_what_is_made(tmp_path: Path) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    for artifact in artifacts(tmp_path):
        assert list(Draft202012Validator(SCHEMA).iter_errors(artifact.data)) == []


PLACES: list[tuple[str, tuple[Any, ...], Any]] = [
    ("contact-points", ("extra",), 1),
    ("contact-points", ("apiVersion",), 2),
    ("contact-points", ("contactPoints", 0, "receivers", 0, "type"), "mail"),
    ("contact-points", ("contactPoints", 0, "receivers", 0, "uid"), "x" * 41),
    ("contact-points", ("contactPoints", 0, "receivers", 0, "settings", "adresses"), "a@example.com"),
    ("contact-points", ("contactPoints", 0, "receivers", 2, "settings", "url"), "https://oapi.dingtalk.com/robot/send"),
    ("contact-points", ("contactPoints", 0, "receivers", 2, "settings", "msgtype"), "link"),
    ("contact-points", ("contactPoints", 0, "receivers", 3, "settings", "secret"), "$__env{X}"),
    ("contact-points", ("contactPoints", 0, "receivers", 8, "settings", "maxAlerts"), "5"),
    ("policies", ("policies", 0, "continue"), True),
    ("policies", ("policies", 0, "object_matchers"), [["a", "=", "b"]]),
    ("policies", ("policies", 0, "groupBy"), ["a"]),
    ("policies", ("policies", 0, "routes", 0, "object_matchers", 0, 1), "=="),
    ("policies", ("policies", 0, "routes", 0, "group_wait"), 30),
    ("policies", ("policies", 0, "routes", 0, "routes", 0, "reciever"), "ops"),
    ("mute-times", ("muteTimes", 0, "time_intervals", 0, "times", 0, "end_time"), "25:00"),
    ("mute-times", ("muteTimes", 0, "time_intervals", 0, "weekday"), ["monday"]),
]


@pytest.mark.parametrize(("name", "place", "value"), PLACES)
def test_schema_refuses_what_grafana_does_not_know(name: str, place: tuple[Any, ...], value: Any) -> None:
    data = copy.deepcopy(everything()[name])
    inside = data
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    assert {Draft202012Validator(SCHEMA).is_valid(data), jsonschema_rs.validator_for(SCHEMA).is_valid(data)} == {False}


@settings(max_examples=200, deadline=None)
@given(st.recursive(st.text(), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=6))
def test_any_value_survives_interpolation(value: Any) -> None:
    assert interpolated(literal(value), ENVIRONMENT) == value
