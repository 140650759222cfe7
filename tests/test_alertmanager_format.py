"""Alertmanager's configuration: what it takes, what comes back of it, and what older versions lack."""

from __future__ import annotations

import copy
import dataclasses
import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from amtool import check, readable
from jsonschema import Draft202012Validator
from notified import AWKWARD, SMTP, notified
from project import SHOP, obskit, write
from ruamel.yaml import YAML

from obskit import render, settings, source
from obskit.analysis import Analysed, run
from obskit.artifact import Artifact
from obskit.render import alertmanager
from obskit.render.validate import findings as refused
from obskit.render.validate import schema_file

SCHEMA = json.loads(schema_file("alertmanager").read_text("utf-8"))
STORY = Path(__file__).parent / "golden" / "alertmanager_format"


def built(analysed: Analysed) -> Artifact:
    (artifact,) = render.run(analysed, (alertmanager,))
    return artifact


def read(text: str) -> Any:
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(io.StringIO(text))))


@cache
def story() -> Artifact:
    return built(run(source.load(settings.load(STORY / "project"))))


ROOT = "from obskit.notify import *\nroot = Route(Receiver('ops', Webhook('http://x/')))\n"


@pytest.mark.parametrize(("more", "told"), [("", True), (ROOT, False)])
def test_format_that_builds_nothing_is_told(tmp_path: Path, more: str, told: bool) -> None:
    write(tmp_path, SHOP, {"pyproject.toml": '[tool.obskit]\nformats = ["alertmanager"]\n', "rules_src/people.py": more})
    done = obskit(tmp_path, "build")
    shown = 'pyproject.toml: warning: the format "alertmanager" builds nothing: no route is declared [delivery]\n'
    assert (done.code, done.out.startswith(shown)) == (0, told), done.out


def test_configuration_is_accepted_by_amtool(tmp_path: Path) -> None:
    said = check(readable(story().text, tmp_path / "alertmanager.yml"))
    assert [line.strip("- ") for line in said.splitlines() if line.startswith(" - ")] == [
        "global config", "route", "1 inhibit rules", "3 receivers", "0 templates",
    ]  # fmt: skip


def test_second_library_reads_what_was_written() -> None:
    assert read(story().text) == story().data


def test_no_secret_is_named_but_by_its_file() -> None:
    assert "$__" not in story().text
    assert "PAGERDUTY_KEY" in story().text.split("routing_key_file: /run/secrets/")[1].splitlines()[0]


def test_awkward_texts_come_back_as_they_are(tmp_path: Path) -> None:
    declarations = f"""
texts = {AWKWARD!r}
def told(text):
    yield Slack(Secret.env("SLACK"), title=text, message="m")
    yield Email("a@example.com", subject=text or "s")
page = PagerDuty(Secret.env("PD"), details={{f"k{{n}}": text for n, text in enumerate(texts)}})
ops = Receiver("ops $x", *(one for text in texts for one in told(text)), page)
root = Route(ops, routes=tuple(Route(ops, match={{"job": text}}) for text in texts))
"""
    made = built(notified(tmp_path, declarations, SMTP))
    (receiver,) = read(made.text)["receivers"]
    assert tuple(one.get("title", "") for one in receiver["slack_configs"]) == AWKWARD
    assert tuple(one["headers"]["Subject"] for one in receiver["email_configs"]) == tuple(text or "s" for text in AWKWARD)
    assert receiver["pagerduty_configs"][0]["details"] == {f"k{n}": text for n, text in enumerate(AWKWARD)}
    assert list(refused([made])) == []
    check(readable(made.text, tmp_path / "alertmanager.yml"))


OLD = [
    # (target, integration or declaration, message or nothing)
    ("0.25", 'Webhook(Secret.env("X"))', "the address of a webhook in a file needs Alertmanager 0.26, and the output is for 0.25"),
    ("0.26", 'Webhook(Secret.env("X"))', ""),
    ("0.24", 'PagerDuty(Secret.env("X"))', "the key of PagerDuty in a file needs Alertmanager 0.25, and the output is for 0.24"),
    ("0.25", 'PagerDuty(Secret.env("X"))', ""),
    ("0.28", 'WeComApp("w", "1", Secret.env("X"), bridge="http://bridge:8060/")', ""),
    (
        "0.28", 'WeComApp("w", "1", Secret.env("X"))',
        "the secret of a WeCom app in a file needs Alertmanager 0.31, and the output is for 0.28",
    ),
    ("0.31", 'WeComApp("w", "1", Secret.env("X"))', ""),
    ("0.24", 'Slack(Secret.env("X"))', ""),
    ("0.23", 'Slack(Secret.env("X"))', "the configuration is for Alertmanager 0.24 and newer, not 0.23"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "integration", "message"), OLD)
def test_older_version_is_told_what_it_lacks(tmp_path: Path, target: str, integration: str, message: str) -> None:
    analysed = notified(tmp_path, f'root = Route(Receiver("ops", {integration}))', f'[tool.obskit.targets]\nalertmanager = "{target}"\n')
    found = [(one.id, one.severity, one.message) for one in alertmanager.findings(analysed, ())]
    assert found == ([("delivery", "error", message)] if message else [])


def test_zone_of_a_mute_time_needs_a_newer_version(tmp_path: Path) -> None:
    declarations = """
nights = MuteTime("nights", Period(times=("22:00-06:00",)), zone="Asia/Shanghai")
ops = Receiver("ops", Slack(Secret.env("X")))
root = Route(ops, routes=(Route(match={"a": "b"}, mute=nights),))
"""
    (found,) = alertmanager.findings(notified(tmp_path, declarations, '[tool.obskit.targets]\nalertmanager = "0.24"\n'), ())
    assert found.message == 'the time zone of mute time "nights" needs Alertmanager 0.25, and the output is for 0.24'


SETTINGS = [
    ('smarthost = "mail.example.com"\nfrom = "a@b.c"', "tool.obskit.alertmanager.smtp.smarthost is not a host and a port"),
    ('smarthost = "m:25"', "tool.obskit.alertmanager.smtp has a smarthost and the address that mail is from, or neither"),
    ('smarthost = "m:25"\nfrom = "a@b.c"\nusername = "a"', "tool.obskit.alertmanager.smtp has a username and a password, or neither"),
    (
        'smarthost = "m:25"\nfrom = "a@b.c"\nusername = "a"\npassword = "hunter2"',
        "tool.obskit.alertmanager.smtp.password is the name of a secret, never the secret",
    ),
    ('host = "m:25"', 'unknown key "host" in [tool.obskit.alertmanager.smtp]'),
    ('tls = "no"', "tool.obskit.alertmanager.smtp.tls must be true or false, not 'no'"),
]


@pytest.mark.parametrize(("toml", "message"), SETTINGS)
def test_mail_server_is_checked(tmp_path: Path, toml: str, message: str) -> None:
    (tmp_path / "pyproject.toml").write_text(f"[tool.obskit.alertmanager.smtp]\n{toml}\n", "utf-8")
    (tmp_path / "rules_src").mkdir()
    with pytest.raises(Exception, match=r"tool\.obskit\.alertmanager\.smtp") as caught:
        settings.load(tmp_path)
    assert str(caught.value) == message
    assert "hunter2" not in f"{caught.value!r}"


PLACES: list[tuple[tuple[Any, ...], Any]] = [
    (("extra",), 1),
    (("global", "smtp_auth_password"), "x"),
    (("route", "matchers"), ['a="b"']),
    (("route", "mute_time_intervals"), ["nights"]),
    (("route", "groupby"), ["a"]),
    (("route", "routes", 0, "matchers", 0), "job=by-hand"),
    (("route", "routes", 0, "matchers", 0), 'job="a"b"'),
    (("route", "routes", 1, "continue"), False),
    (("route", "routes", 1, "group_wait"), 5),
    (("receivers", 0, "name"), ""),
    (("receivers", 0, "opsgenie_configs"), []),
    (("receivers", 0, "pagerduty_configs", 0, "routing_key"), "x"),
    (("receivers", 0, "slack_configs", 0, "api_url"), "https://hooks.slack.com/services/x"),
    (("receivers", 1, "webhook_configs", 0, "url_file"), "/run/x"),
    (("receivers", 1, "webhook_configs", 2, "http_config", "bearer_token"), "x"),
    (("receivers", 1, "wechat_configs", 0, "api_secret"), "x"),
    (("inhibit_rules", 0, "equal"), []),
    (("time_intervals", 0, "time_intervals", 0, "times", 0, "start_time"), "9:00"),
]


@pytest.mark.parametrize(("place", "value"), PLACES)
def test_schema_refuses_what_alertmanager_does_not_know_or_a_secret_is(place: tuple[Any, ...], value: Any) -> None:
    data: Any = copy.deepcopy(story().data)
    inside = data
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    assert {Draft202012Validator(SCHEMA).is_valid(data), jsonschema_rs.validator_for(SCHEMA).is_valid(data)} == {False}


def test_schema_is_one_and_takes_what_is_made() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert list(refused([story()])) == []


def test_refused_part_is_placed_where_it_was_declared() -> None:
    data: Any = copy.deepcopy(story().data)
    data["route"]["routes"][1]["reciever"] = "ops"
    (finding,) = refused([dataclasses.replace(story(), data=data)])
    assert str(finding.origin) == "rules_src/notifications.py:46"


def test_options_of_integrations_come_through(tmp_path: Path) -> None:
    declared = """
team = Receiver("team", Slack(Secret.env("S"), mention="here", users=("U1", "U2"), groups="G1", send_resolved=False),
                Webhook("http://hook.example.com/a", most=7))
ops = Receiver("ops", Email("a@b.c"))
root = Route(ops, routes=(Route(team, match={"a": "1"}, continue_=True), Route(team, match={"b": "1"})))
quiet = Inhibit(source={"a": "1"}, target={"b": "1"}, equal=("job",))
"""
    made = built(notified(tmp_path, declared, SMTP + "tls = false\n")).data
    (team,) = (one for one in made["receivers"] if one["name"] == "team")
    assert team["slack_configs"][0]["pretext"] == "<!here> <@U1> <@U2> <!subteam^G1>"
    assert team["slack_configs"][0]["send_resolved"] is False
    assert team["webhook_configs"][0]["max_alerts"] == 7
    assert [route.get("continue", False) for route in made["route"]["routes"]] == [True, False]
    assert made["inhibit_rules"][0]["equal"] == ["job"]
    assert made["global"]["smtp_require_tls"] is False
