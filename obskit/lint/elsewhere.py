"""The pages of findings about what obskit did not make: foreign files, and the texts that services expose."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from obskit.lint.others import Other

FOREIGN: Mapping[str, Other] = MappingProxyType({
    "file-syntax": Other("error", """A file that is not the JSON or YAML it should be.

Repeated keys, a tab where YAML wants blanks, NaN, text that is not UTF-8: whatever the reader of the file would refuse, or
would silently read otherwise than it looks.
"""),
    "not-recognised": Other("warning", """A file of no known kind, in which nothing was checked.

Known are dashboards, rule files, rule tests, datasources, dashboard providers and Grafana alerting, also inside Kubernetes
objects. Leave other files out of what is validated.
"""),
    "dashboard-file": Other("error", """A dashboard file that Grafana would refuse or read otherwise than it looks.

Members of a wrong type, panels without a kind, layouts that name elements that are not there.
"""),
    "rule-file": Other("error", """A rule file that Prometheus would refuse to load, with every rule in it.

Unknown fields, durations, names, what a recording rule must not have. Source: Prometheus, `model/rulefmt`.
"""),
    "rule-import": Other("error", """Something in a rule file that values of obskit cannot say.

`obskit import` writes nothing then; with `--leave-out` it writes the rest, and lists at the top of the module what is missing.
"""),
    "test-file": Other("error", """A rule test that promtool would refuse.

Unknown fields, durations, series that are not written as series, rule files that are not there.
"""),
    "untested-alert": Other("info", """An alert that no rule test names, when rules and tests are validated together.

An alert that never was seen firing may never fire. A test gives it series under which it must fire, and others under which it
must not.
"""),
    "provisioning-file": Other("error", """A provisioning file of datasources or dashboards that Grafana would refuse.

Unknown or missing keys, repeated names and uids. Grafana stops at its start when a file cannot be provisioned.
"""),
    "alerting-file": Other("error", """A file of Grafana-managed alerts that Grafana would refuse, or that cannot work.

Conditions and expressions must name queries that exist, uids must be unique and short enough, datasources fixed.
"""),
    "exposition": Other("error", """A text of metrics that breaks the rules of its format.

Source: the text format of Prometheus, version 0.0.4, and OpenMetrics 1.0. Prometheus refuses the whole scrape for some, and
reads others otherwise than the service means them: buckets that are not cumulative, percentiles under `le`, joined labels.
"""),
    "scrape-missing": Other("warning", """A declared metric that the service does not expose.

Panels and alerts on it are empty, until something happens that makes its first series.
"""),
    "scrape-extra": Other("warning", """A metric that the service exposes and no catalogue declares.

Queries that read it are refused until it is declared, or named in `external` when others own it.
"""),
    "scrape-type": Other("error", """A metric that is exposed with another type than it is declared with.

What is right for a counter is wrong for a gauge, so every check of its queries goes by the wrong kind. Where an exporter is
known to write another type, the declaration says so: `exposed="untyped"`.
"""),
    "scrape-series": Other("error", """A histogram or summary without its `_sum` or `_count`.

Means and shares divide by them, and show nothing without.
"""),
    "scrape-buckets": Other("error", """A histogram whose buckets are not those that are declared.

A query for a bound that is not there finds nothing; a quantile is never above the last one.
"""),
    "scrape-labels": Other("error", """A metric whose labels, or their values, are not those that are declared.

Matchers and groupings that rely on the declaration are empty, or too coarse.
"""),
    "scrape-cardinality": Other("warning", """A label with more values than it is declared to have at most.

Each value is a series of its own for every combination of the others: memory and cost grow with the product.
"""),
    "scrape-empty": Other("info", """A service of the catalogue of which the text has nothing.

With `--service NAME` its metrics are missed one by one.
"""),
    "scrape-service": Other("info", """Which services of the catalogue the text was compared with.

Without `--service NAME` these are the ones of which there is something in the text.
"""),
    "scrape-external": Other("info", """How many metrics belong to client libraries or are owned elsewhere.

They are those that `external` names in the settings, and what client libraries write of their process and runtime.
"""),
    "scrape-created": Other("info", """Creation times that a client writes as metrics of their own.

Prometheus needs none of them; most clients can be told to leave them out.
"""),
    "scrape-catalogue": Other("info", """There is no catalogue to compare with.

`--write PATH` makes a first one from the text.
"""),
})  # fmt: skip
"""What `obskit validate` and `obskit catalog scrape` report; it has one level, and cannot be waived."""
