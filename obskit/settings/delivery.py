"""Settings of single formats: a table of each one's name under `[tool.obskit]`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from obskit.giveaway import given_away
from obskit.settings.table import Table

_WORD = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_UID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_KEY = re.compile(r"([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?")
_VALUE = re.compile(r"([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?")
"""A namespace, and a label's key and value (Kubernetes documentation, "Labels and Selectors")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Docs:
    """`url` is the address under which the built folder `docs` can be read: alerts without another runbook link to their page there."""

    url: str = ""

    @classmethod
    def of(cls, table: Table) -> Docs:
        given = cls(url=docs_address(table, "url"))
        table.finish()
        return given

    def moved(self, out: str, to: str) -> Docs:
        """Where the pages of another output folder can be read, if its address tells: `…/<out>/docs` becomes `…/<to>/docs`."""
        ending = f"/{out}/docs"
        return Docs(url=f"{self.url.removesuffix(ending)}/{to}/docs") if self.url.endswith(ending) else self


def docs_address(table: Table, key: str) -> str:
    """The address of built pages that the table names, without a slash behind it; empty where it names none."""
    url = table.string(key, "").rstrip("/")
    if given_away(url):
        raise table.wrong(key, f"{table.name}.{key} holds a secret, and would stand in every alert", "the address that people open")
    if url and not url.startswith(("https://", "http://")):
        raise table.wrong(key, f'{table.name}.{key} is "{url}"', 'an address: "https://git.example.com/ops/blob/main/build/docs"')
    return url


@dataclass(frozen=True, slots=True, kw_only=True)
class Provisioning:
    """`path` is the folder on Grafana's machine where the built dashboards lie, for the dashboards provider."""

    path: str = "/var/lib/grafana/dashboards"

    @classmethod
    def of(cls, table: Table) -> Provisioning:
        given = cls(path=table.string("path", cls().path))
        table.finish()
        if not given.path.startswith("/"):
            raise table.wrong("path", f'{table.name}.path is "{given.path}"', "an absolute folder on Grafana's machine")
        return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerting:
    """`folder` is the Grafana folder of alert rules that lead to no panel; rules that do stand in their board's folder.

    `deleted` are uids of rules that were built once: Grafana keeps a rule that its file no longer holds, until it is told to delete it.
    """

    folder: str = "Alerts"
    deleted: tuple[str, ...] = ()

    @classmethod
    def of(cls, table: Table) -> Alerting:
        given = cls(folder=table.string("folder", cls().folder), deleted=table.strings("deleted", ()))
        table.finish()
        for uid in given.deleted:
            if not _UID.fullmatch(uid):
                hint = "at most 40 letters, digits, - and _; obskit diff names those of rules that go"
                raise table.wrong("deleted", f'{table.name}.deleted: "{uid}" is not the uid of a rule', hint)
        if not given.folder.strip():
            raise table.wrong("folder", f"{table.name}.folder is empty", "Grafana keeps every alert rule in a folder")
        return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Smtp:
    """The mail server that Alertmanager sends through: `smarthost` as `host:port`, the address `sender` (`from` in the settings).

    `username` with `password`, which is the name of a secret as an environment variable or an absolute path, never itself the
    secret. `hello` is the name it introduces itself by; `tls` says whether the server must speak TLS.
    """

    smarthost: str = ""
    sender: str = ""
    username: str = ""
    password: str = ""
    hello: str = ""
    tls: bool = True

    @classmethod
    def of(cls, table: Table) -> Smtp:
        given = cls(
            smarthost=table.string("smarthost", ""),
            sender=table.string("from", ""),
            username=table.string("username", ""),
            password=table.string("password", ""),
            hello=table.string("hello", ""),
            tls=table.truth("tls", True),
        )
        table.finish()
        if given.smarthost and not re.fullmatch(r"\[?[A-Za-z0-9_.:-]+\]?:[0-9]{1,5}", given.smarthost):
            raise table.wrong("smarthost", f"{table.name}.smarthost is not a host and a port", '"mail.example.com:587"')
        if bool(given.smarthost) != bool(given.sender) or (given.sender and not re.fullmatch(r"[^@\n]+@[^@\s]+", given.sender)):
            hint = 'from = "alerts@example.com"'
            raise table.wrong("smarthost", f"{table.name} has a smarthost and the address that mail is from, or neither", hint)
        if given.password and not re.fullmatch(r"[A-Z_][A-Z0-9_]*|/[^\s{}$\"'\\]+", given.password):
            hint = '"SMTP_PASSWORD", or an absolute path'
            raise table.wrong("password", f"{table.name}.password is the name of a secret, never the secret", hint)
        if bool(given.username) != bool(given.password):
            raise table.wrong("username", f"{table.name} has a username and a password, or neither", 'password = "SMTP_PASSWORD"')
        return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Alertmanager:
    """`secrets` is the folder on Alertmanager's machine where secrets lie that the receivers name as environment variables:

    Alertmanager reads secrets from files only, so `Secret.env("SMTP_PASSWORD")` is read from `<secrets>/SMTP_PASSWORD`. `templates`
    are the template files there (patterns). `smtp` is the mail server.
    """

    secrets: str = "/etc/alertmanager/secrets"
    templates: tuple[str, ...] = ()
    smtp: Smtp = field(default_factory=Smtp)

    @classmethod
    def of(cls, table: Table) -> Alertmanager:
        given = cls(
            secrets=table.string("secrets", cls().secrets).rstrip("/"),
            templates=table.strings("templates", ()),
            smtp=Smtp.of(table.table("smtp")),
        )
        table.finish()
        if not given.secrets.startswith("/"):
            raise table.wrong("secrets", f'{table.name}.secrets is "{given.secrets}"', "an absolute folder on Alertmanager's machine")
        return given


@dataclass(frozen=True, slots=True, kw_only=True)
class Kubernetes:
    """`namespace` of every object (empty: the one they are applied in). `labels` are added to every object, for the operator's
    `ruleSelector`. `instances` are the labels by which the Grafana operator finds the Grafana that boards are for."""

    namespace: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    instances: Mapping[str, str] = field(default_factory=lambda: {"dashboards": "grafana"})

    @classmethod
    def of(cls, table: Table) -> Kubernetes:
        default = cls()
        given = cls(
            namespace=table.string("namespace", ""),
            labels=table.texts("labels"),
            instances=table.texts("instances") or default.instances,
        )
        table.finish()
        if given.namespace and not _WORD.fullmatch(given.namespace):
            raise table.wrong("namespace", f'{table.name}.namespace is "{given.namespace}"', "lower-case letters, digits and -, at most 63")
        for what, labels in (("labels", given.labels), ("instances", given.instances)):
            for key, value in labels.items():
                if not _KEY.fullmatch(key):
                    hint = 'as in: { "app.example.com/part" = "rules" }'
                    raise table.wrong(what, f'{table.name}.{what}: "{key}" is not the key of a label', hint)
                if not _VALUE.fullmatch(value):
                    raise table.wrong(what, f'{table.name}.{what}.{key} is "{value}"', "at most 63 letters, digits, -, _ and .")
        return given
