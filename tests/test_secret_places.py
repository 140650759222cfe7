"""A secret that is written out in a datasource, a reference or the settings is refused, and nothing repeats it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from project import obskit, write

from obskit.catalog import Service
from obskit.datasources import Basic, Prometheus, ToLogs, ToTrace
from obskit.errors import DeclarationError, SecretError
from obskit.notify import Secret
from obskit.rules import Alert

MARK = "7f3c9a1b2d4e6f80"
"""Stands in every secret below, so that a message that repeats one is seen."""


def source(**given: Any) -> Prometheus:
    return Prometheus(**{"name": "P", "uid": "p", "url": "http://p:9090", **given})


REFUSED = [
    lambda: source(url=f"https://me:{MARK}@host"),
    lambda: source(url=f"postgres://me:{MARK}@host"),
    lambda: source(url=f"http://me:{MARK}/x@host"),
    lambda: source(url=f"http://host/?api_key={MARK}"),
    lambda: source(parameters=f"access_token={MARK}"),
    lambda: source(headers={"X-Scope": f"Bearer {MARK}"}),
    lambda: source(headers={"X-Auth": MARK}),
    lambda: source(headers={"X-Key": MARK}),
    lambda: source(headers={"Authorization": MARK}),
    lambda: source(auth=Basic("me", MARK)),  # type: ignore[arg-type]  # that is the mistake
    lambda: source(auth=Basic(f"me:{MARK}", Secret.env("PW"))),
    lambda: ToTrace(url=f"https://me:{MARK}@host/${{__value.raw}}"),
    lambda: ToTrace(url=f"https://host/?token={MARK}&id=${{__value.raw}}"),
    lambda: Service("shop", runbook=f"https://me:{MARK}@wiki/{{alert}}"),
    lambda: Alert(name="A", expr="up == 0", runbook=f"https://wiki/a?token={MARK}"),
    lambda: Secret.env(f"glsa_{MARK}"),
    lambda: Secret.env(f"a{MARK}{MARK}"),
    lambda: Secret.env(f"xoxb-{MARK}"),
    lambda: Secret.file(MARK),
    lambda: Secret(MARK, "x"),  # type: ignore[arg-type]  # that is the mistake
]
"""What is a secret for sure."""

WRONG = [
    lambda: source(url=f" http://me:{MARK}@host"),
    lambda: source(url=f"http://me:{MARK}@host".encode()),
    lambda: source(uid=f"http://me:{MARK}@host"),
    lambda: source(parameters={"token": MARK}),
    lambda: source(auth=("me", MARK)),
    lambda: source(headers=f"Authorization: {MARK}"),
    lambda: source(headers=[("Authorization", MARK)]),
    lambda: source(headers={f"Authorization: Bearer {MARK}": ""}),
    lambda: ToTrace(url=f"https://me:{MARK}@host/"),
    lambda: ToLogs(f"http://me:{MARK}@host"),
]
"""What is wrong otherwise, and may hold one."""


@pytest.mark.parametrize("made", REFUSED)
def test_secret_outside_of_receivers_is_refused_and_not_repeated(made: Any) -> None:
    with pytest.raises(SecretError) as caught:
        made()
    assert MARK not in f"{caught.value} {caught.value.hint} {caught.value!r}"


@pytest.mark.parametrize("made", WRONG)
def test_message_about_a_wrong_value_does_not_repeat_a_secret(made: Any) -> None:
    with pytest.raises(DeclarationError) as caught:
        made()
    assert MARK not in f"{caught.value} {caught.value.hint} {caught.value!r}"


@pytest.mark.parametrize("name", ["SLACK_URL", "slack_url_2027", "K8S_TOKEN_0123456789_PROD", "GRAFANA2027", "sk_live"])
def test_name_of_a_variable_is_no_secret(name: str) -> None:
    assert Secret.env(name).name == name


@pytest.mark.parametrize(
    "settings",
    [
        f'[tool.obskit.alertmanager.smtp]\npassword = ["{MARK}"]\n',
        f'[tool.obskit.alertmanager.smtp]\nsmarthost = "h:25"\nfrom = "a@b"\nusername = "u"\npassword = "{MARK}"\n',
        f'[tool.obskit.alertmanager]\nsmtp = "smtp://u:{MARK}@host"\n',
        f'[tool.obskit.alertmanager]\ntemplates = ["a", 5, "https://hooks.slack.com/services/T0/B0/{MARK}"]\n',
        f'[tool.obskit.docs]\nurl = "https://u:{MARK}@git.example.com"\n',
        f'[tool.obskit.docs]\nurl = "https://git.example.com/?private_token=1&access_token={MARK}"\n',
    ],
)
def test_settings_with_a_secret_are_refused_and_not_repeated(tmp_path: Path, settings: str) -> None:
    write(tmp_path, {"pyproject.toml": settings, "rules_src/a.py": ""})
    ran = obskit(tmp_path, "build")
    assert ran.code == 2
    assert MARK not in ran.out + ran.err


HOOK = f"https://hooks.slack.com/services/T0/B0/{MARK}"
BEHIND = [
    f'from obskit.datasources import Basic\nuser = Basic("me", "{MARK}")\n',
    f'from obskit.notify import Slack\ntry:\n    Slack("{HOOK}")\nexcept ValueError as error:\n    raise RuntimeError("no") from error\n',
    f'from obskit.notify import Slack\ntry:\n    Slack("{HOOK}")\nexcept ValueError:\n    {{}}["no"]\n',
    f'from obskit.notify import Slack\ndef ops(url):\n    return Slack(url)\nhook = ops("{HOOK}")\n',
    f'from obskit.notify import Slack\nhook = Slack("{HOOK}", "#ops")\n',
    f'from obskit.notify import Slack\nhook = Slack(\n    "{HOOK}",\n    "#ops",\n)\n',
    f'from obskit.notify import Slack\nhook = Slack(token="{MARK}", chanel="#ops")\n',
    f'from obskit.notify import Secret\nhook = Secret.env(name="{MARK}", place="env")\n',
    f'value = (1 / 0, "{HOOK}")\n',
    f'print(\n    int("a"),\n    "{HOOK}",\n)\n',
    f'from obskit.notify import Secret\nhook = Secret.env("{MARK}-{MARK}")\n',
    f'hook = "{HOOK}" "\n',
    f'from obskit.notify import Slack\nhook = Slack(token="{MARK}" chanel="#ops")\n',
    f'from obskit.notify import Slack\nhook = Slack(\n    "#ops" "{MARK}" token\n)\n',
    f'hook = "https://hooks.slack.com/services/T0/B0/" + "{MARK}"\nraise ValueError(f"cannot reach {{hook}}")\n',
    f'hook = "https://hooks.slack.com/services/T0/B0/" + "{MARK}"\ntry:\n    {{}}[hook]\nexcept KeyError:\n    raise OSError\n',
    f'hook = "https://hooks.slack.com/services/T0/B0/" + "{MARK}"\nno = ValueError("no")\nno.add_note(f"at {{hook}}")\nraise no\n',
    f'from grafanalib.core import TimeSeries\nhook = TimeSeries(title="x", unit=["hooks.slack.com/" + "{MARK}"])\n',
]


@pytest.mark.parametrize("module", BEHIND)
def test_traceback_of_any_error_about_a_secret_is_without_its_line(tmp_path: Path, module: str) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.obskit]\n", "rules_src/notifications.py": module})
    ran = obskit(tmp_path, "--traceback", "build")
    assert ran.code == 1
    assert "Traceback" in ran.err or 'notifications.py", line' in ran.err
    assert MARK not in ran.out + ran.err


def test_traceback_without_a_secret_shows_the_source(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "[tool.obskit]\n", "rules_src/a.py": "value = 1 / 0\n"})
    assert "value = 1 / 0" in obskit(tmp_path, "--traceback", "build").err


def test_catalogue_that_raises_with_a_secret_does_not_tell_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = f'hook = "https://hooks.slack.com/services/T0/B0/" + "{MARK}"\nraise ValueError(f"cannot reach {{hook}}")\n'
    settings = '[tool.obskit]\ncatalogs = ["leaking_signals"]\n'
    write(tmp_path, {"pyproject.toml": settings, "rules_src/a.py": "", "lib/leaking_signals.py": module})
    monkeypatch.syspath_prepend(tmp_path / "lib")
    ran = obskit(tmp_path, "build")
    assert (ran.code, MARK in ran.out + ran.err) == (2, False)
