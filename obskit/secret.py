"""A secret that is never here: only the name of the environment variable or file that holds it where it is used."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from obskit.errors import SecretError
from obskit.giveaway import is_token

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Secret:
    """A reference to a secret, made by `Secret.env("SLACK_URL")` or `Secret.file("/run/secrets/slack-url")`.

    `place` is `env` or `file`, `name` the variable or the absolute path on the machine of whoever reads it. Raises
    SecretError on a name that cannot be one, which is what a secret itself would be.
    """

    place: Literal["env", "file"]
    name: str = ""

    def __post_init__(self) -> None:
        if self.place == "env" and not (isinstance(self.name, str) and _VARIABLE.fullmatch(self.name)):
            raise SecretError("a secret names an environment variable", hint='Secret.env("SLACK_URL"), never the secret itself')
        if self.place == "env" and is_token(self.name):
            raise SecretError("a secret names an environment variable, and this seems to be the secret", hint='Secret.env("SLACK_URL")')
        if self.place == "file" and not (isinstance(self.name, str) and re.fullmatch(r"/[^\s{}$\"'\\]+", self.name)):
            raise SecretError("a secret names an absolute path", hint='Secret.file("/run/secrets/slack-url"), never the secret itself')
        if self.place not in ("env", "file"):
            raise SecretError("a secret is a reference", hint='Secret.env("NAME") or Secret.file("/path")')

    @classmethod
    def env(cls, name: str) -> Secret:
        """The value of an environment variable."""
        return cls("env", name)

    @classmethod
    def file(cls, path: str) -> Secret:
        """The content of a file."""
        return cls("file", path)

    @property
    def grafana(self) -> str:
        """How Grafana's provisioning files refer to it (documentation of Grafana, "variable expansion": `$__env{}`, `$__file{}`)."""
        return f"$__{self.place}{{{self.name}}}"

    def path(self, folder: str) -> str:
        """The file it is read from by whoever reads files only; one named as a variable lies in `folder` under that name."""
        return self.name if self.place == "file" else f"{folder}/{self.name}"
