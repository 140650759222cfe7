"""Texts and numbers of classes of their own, as the members of a StrEnum are, are built as what they hold, in every format."""

from __future__ import annotations

from pathlib import Path

from project import obskit, tree, write

SETTINGS = """\
[tool.obskit]
formats = ["dashboards", "rules", "share", "resources", "provisioning", "alerting", "alertmanager", "kubernetes", "docs"]
[tool.obskit.alertmanager.smtp]
smarthost = "mail.example.com:587"
from = "alerts@example.com"
"""
WORDS = """\
from enum import Enum, IntEnum, StrEnum
class Severity(str, Enum):
    WARNING = "warning"
class Team(StrEnum):
    SHOP = "shop-team"
class Size(IntEnum):
    FIVE = 5
class Text(str):
    pass
class Share(float):
    pass
"""
PLAIN = """\
class Severity: WARNING = "warning"
class Team: SHOP = "shop-team"
class Size: FIVE = 5
Text, Share = str, float
"""
RULES = """\
from obskit.catalog import Gauge, Service, not_
from obskit.datasources import Prometheus
from obskit.notify import Email, Receiver, Route
from obskit.rules import Alert
from rules_src._words import Severity, Share, Size, Team, Text
shop = Service("shop", job=Text("shop"), owner=Team.SHOP)
queue = Gauge("shop_queue", help=Text("Orders."), service=shop)
prometheus = Prometheus(Text("P"), uid=Text("prom"), url=Text("http://p:9090"))
team = Receiver(Text("team"), Email(Text("team@example.com")))
inner = {"severity": Severity.WARNING, "team": not_(Team.SHOP)}
root = Route(Receiver("ops", Email("ops@example.com")), routes=(Route(team, match=inner),))
full = Alert(name=Text("Full"), expr=queue > Size.FIVE, for_="2m", severity=Severity.WARNING, summary=Text("Full"), description="Full.",
             labels={"team": Team.SHOP}, steps=(Text("Look."),))
"""
BOARDS = """\
from grafanalib.core import Dashboard, Target, TimeSeries
from obskit.dashboards import dashboard, timeseries
from rules_src._words import Severity, Share, Size, Team, Text
from rules_src.shop import queue
ours = dashboard(Text("Ours"), uid=Text("ours"), tags=[Team.SHOP], panels=[
    timeseries(Text("Q"), queue.sum(), decimals=Size.FIVE, thresholds=(Share(2.5),), description=Severity.WARNING)])
theirs = Dashboard(title=Severity.WARNING, uid="theirs", tags=[Severity.WARNING], panels=[
    TimeSeries(title=Team.SHOP, description="d", unit="short", targets=[Target(expr=Text("up"), refId="A")])])
"""


def test_members_of_enumerations_are_built_as_what_they_hold(tmp_path: Path) -> None:
    built = []
    for words in (WORDS, PLAIN):
        files = {"pyproject.toml": SETTINGS, "rules_src/_words.py": words, "rules_src/shop.py": RULES, "dashboards_src/shop.py": BOARDS}
        root = write(tmp_path / str(len(built)), files)
        ran = obskit(root, "build")
        assert ran.code == 0, ran
        built.append(tree(root / "build"))
    assert built[0] == built[1]
    assert len(built[0]) > 20
