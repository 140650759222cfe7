"""One rule of Grafana: an alert or a recording rule, from the same declaration as Prometheus' rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from obskit.analysis import Analysed, Asked
from obskit.duration import Duration
from obskit.model import Json, RuleView, TraceCondition
from obskit.naming import rule_uid
from obskit.render.alerting import _queries, _sources, _states
from obskit.render.alerting._certain import certain
from obskit.render.alerting._escaping import escaped
from obskit.render.alerting._groups import LONGEST, Group, interval
from obskit.render.alerting._looking import back
from obskit.render.alerting._notes import Notes
from obskit.render.alerting._split import Condition, nameless, split, whole
from obskit.render.alerting._wording import annotation, translated
from obskit.render.rule_files import panels
from obskit.templates import label_uses

SPANS_SINCE, KEEPS_SINCE, RECORDS_SINCE, TARGET_SINCE = "12.1", "12.2", "11.3", "12.4"
"""The first Grafana with alerts on spans; the first that reads `keepFiringFor` and `missing_series_evals_to_resolve` of a file;
recording rules; the first that reads where a recording rule of a file writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maker:
    """What all rules of a project have in common."""

    analysed: Analysed
    notes: Notes
    asked: Mapping[int, Asked]
    records: _states.Recorded
    panels: Mapping[str, int]
    uids: Mapping[str, str]

    @classmethod
    def of(cls, analysed: Analysed, notes: Notes, unknown: str = "") -> Maker:
        """`unknown` is the uid of datasources that nothing tells; without one their rules are left out."""
        project = analysed.project
        return cls(
            analysed=analysed,
            notes=notes,
            asked={id(asked.rule): asked for asked in analysed.queries if asked.rule is not None},
            records=_states.recorded(analysed.recording),
            panels=panels(analysed),
            uids={kind: _sources.uid(project, kind) or unknown for kind in (_sources.PROMETHEUS, _sources.TEMPO)},
        )

    def rule(self, group: Group, rule: RuleView) -> Json | None:
        """The rule; None where it cannot be one, which is told."""
        source = self.uids[_sources.TEMPO if rule.trace is not None else _sources.PROMETHEUS]
        if not source:
            return None
        if len(rule.name) > LONGEST:
            message = f'{rule.kind} "{rule.name[:40]}…" has a name of {len(rule.name)} characters, more than {LONGEST}'
            self.notes.say("error", message, rule.origin, "shorten it")
        if rule.trace is not None and not self.analysed.project.settings.targets.has_grafana(SPANS_SINCE):
            return None  # the check trace-alert tells
        return self._alert(group, rule, source) if rule.kind == "alert" else self._record(group, rule, source)

    def _alert(self, group: Group, rule: RuleView, source: str) -> Json:
        labels = {**group.view.json.get("labels", {}), **rule.json.get("labels", {})}
        annotations = {**rule.json.get("annotations", {}), **self._link(rule)}
        if rule.trace is not None:
            asked, condition = self._of_spans(rule.trace, rule, source), None
        else:
            named = any(use.label == "__name__" for text in (*labels.values(), *annotations.values()) for use in label_uses(text))
            asked, condition = self._of_metrics(group, rule, source, named=named)
        words = partial(self._words, rule, self._certain(rule))
        made: Json = {
            "uid": self._uid(group, rule),
            "title": escaped(rule.name),
            "condition": asked.condition,
            "data": asked.data,
            **self._panel(rule, annotations),
            "noDataState": self._kept("no_data", rule, _states.no_data(rule, condition, self.records), "NoData"),
            "execErrState": self._kept("on_error", rule, self._on_error(rule, labels), "Error"),
            "for": rule.json.get("for", "0s"),
            **self._lasting(group, rule),
            "annotations": {name: annotation(words(f'annotation "{name}"', text)) for name, text in annotations.items()},
            "labels": {name: escaped(words(f'label "{name}"', text)) for name, text in labels.items()},
        }
        return {key: value for key, value in made.items() if value != {}}

    def _of_metrics(self, group: Group, rule: RuleView, source: str, *, named: bool) -> tuple[_queries.Data, Condition]:
        """What the alert asks; `named`: a template prints the metric's name, which stays then."""
        targets, asked = self.analysed.project.settings.targets, self.asked[id(rule)]
        condition = split(asked)
        if not _queries.compares(condition.operator, targets):
            condition = whole(asked)
        query = condition.query if named else nameless(condition)
        return _queries.of_promql(condition, query, source, self._looks(group, asked), targets), condition

    def _of_spans(self, trace: TraceCondition, rule: RuleView, source: str) -> _queries.Data:
        message = "alerts on spans are an experiment of Grafana, which is off unless somebody turns it on"
        self.notes.say_once(message, rule.origin, "enable the feature toggle tempoAlerting in Grafana")
        looks = (-(-trace.window // 1000), 0)
        return _queries.of_traceql(trace.query, trace.operator, trace.number, source, looks, self.analysed.project.settings.targets)

    def _panel(self, rule: RuleView, annotations: Mapping[str, str]) -> Json:
        board, panel = annotations.get("__dashboardUid__", ""), annotations.get("__panelId__", "")
        if bool(board) != bool(panel) or (panel and not panel.isdecimal()):
            message = f'alert "{rule.name}" leads to dashboard "{board}" and panel "{panel}": Grafana wants both, and a number'
            self.notes.say("error", message, rule.origin, 'panel="<uid>/<key>" writes both annotations')
            return {}
        return {"dashboardUid": escaped(board), "panelId": int(panel)} if board else {}

    def _record(self, group: Group, rule: RuleView, source: str) -> Json | None:
        targets = self.analysed.project.settings.targets
        if not targets.has_grafana(RECORDS_SINCE):
            message = f'record "{rule.name}" needs Grafana {RECORDS_SINCE}, and the target is {targets.grafana}'
            self.notes.say("warning", message, rule.origin, "it is left out: let Prometheus record it", "records")
            return None
        self._say_records(rule)
        asked = self.asked[id(rule)]
        labels = {**group.view.json.get("labels", {}), **rule.json.get("labels", {})}
        target = {"targetDatasourceUid": source} if targets.has_grafana(TARGET_SINCE) else {}
        made: Json = {
            "uid": self._uid(group, rule),
            "title": escaped(rule.name),
            "condition": "A",  # which Grafana before 12.4 wants of recording rules in a file, and later ones overlook
            "data": [_queries.promql(asked.text, source, self._looks(group, asked))],
            "record": {"metric": rule.name, "from": "A", **target},
            "labels": {name: escaped(text) for name, text in labels.items()},
        }
        return {key: value for key, value in made.items() if value != {}}

    def _link(self, rule: RuleView) -> dict[str, str]:
        """The annotations by which the alert opens its panel; a file's rule needs them beside the fields, as Grafana exports both."""
        if rule.panel not in self.panels:
            return {}
        return {"__dashboardUid__": rule.panel.partition("/")[0], "__panelId__": str(self.panels[rule.panel])}

    def _looks(self, group: Group, asked: Asked) -> tuple[int, int]:
        offset = group.view.json.get("query_offset")
        late = -(-Duration.parse(offset).milliseconds // 1000) if offset else 0
        return back(asked) + late, late

    def _lasting(self, group: Group, rule: RuleView) -> Json:
        """What lets an alert end when it ends in Prometheus: at once when its series is gone, later with `keep_firing_for`.

        Grafana keeps only an alert firing whose series is there and below the threshold: one whose series is gone ends after a number
        of evaluations without it, however long it is to be kept (its package `ngalert/state`, `processMissingSeriesStates`).
        """
        targets, keep = self.analysed.project.settings.targets, rule.json.get("keep_firing_for")
        if targets.has_grafana(KEEPS_SINCE):
            more = -(-Duration.parse(keep).milliseconds // interval(group.view).milliseconds) if keep else 0
            return {**({"keepFiringFor": keep} if keep else {}), "missing_series_evals_to_resolve": 1 + more}
        if keep:
            message = f'keep_firing_for of alert "{rule.name}" needs Grafana {KEEPS_SINCE}, and the target is {targets.grafana}'
            self.notes.say("warning", message, rule.origin, "it is left out: the alert ends with its condition", "keep_firing_for")
        return {}

    def _on_error(self, rule: RuleView, labels: Mapping[str, str]) -> str:
        keeps = self.analysed.project.settings.targets.has_grafana(_states.KEEPS_LAST)
        return _states.on_error(rule, labels.get("severity", ""), keeps_last=keeps)

    def _kept(self, option: str, rule: RuleView, state: str, instead: str) -> str:
        """The state, or another where the Grafana in use does not know it: there it would refuse the whole file."""
        targets = self.analysed.project.settings.targets
        if state != "KeepLast" or targets.has_grafana(_states.KEEPS_LAST):
            return state
        message = f'{option}="keep-last" of alert "{rule.name}" needs Grafana {_states.KEEPS_LAST}, and the target is {targets.grafana}'
        self.notes.say("warning", message, rule.origin, f'it is built as "{instead}"', option)
        return instead

    def _certain(self, rule: RuleView) -> frozenset[str] | None:
        """The labels that a series of the alert cannot lack; None for an alert on spans, which Prometheus does not have."""
        if rule.trace is not None:
            return None
        meaning = self.asked[id(rule)].meaning
        return certain(meaning.root, self.records) if meaning is not None else frozenset()

    def _words(self, rule: RuleView, certain: frozenset[str] | None, where: str, text: str) -> str:
        found = translated(text, certain)
        for lost in found.lost:
            self.notes.say("warning", f'{where} of alert "{rule.name}": {lost}', rule.origin, "say it otherwise, or leave it to Prometheus")
        return found.text

    def _say_records(self, rule: RuleView) -> None:
        targets = self.analysed.project.settings.targets
        if targets.has_grafana(TARGET_SINCE):
            hint = "its datasource must take remote writes; let Prometheus record or Grafana, not both"
        else:
            where = "default_datasource_uid" if targets.has_grafana("12.1") else "enabled and url"
            hint = f"before {TARGET_SINCE} a file cannot say where to: set {where} of [recording_rules] in Grafana's settings"
        self.notes.say_once("what rules record, Grafana writes back to Prometheus", rule.origin, hint)

    def _uid(self, group: Group, rule: RuleView) -> str:
        """From file, group and name, so that it stays when the rule is changed, and when others come and go.

        Only rules that share their name in a group are told apart by their own labels; those of the environment are left
        out, for it is the same rule there.
        """
        environment = self.analysed.project.settings.environment
        added = environment.labels.items() if environment is not None else ()
        labels = rule.json.get("labels", {}) if rule.name in group.repeated else {}
        own = sorted(f"{name}={text}" for name, text in labels.items() if (name, text) not in added)
        uid = rule_uid(rule.name, group.file.name, group.view.name, rule.kind, *own)
        if uid in self.analysed.project.settings.alerting.deleted:
            message = f'{rule.kind} "{rule.name}" is built, and [tool.obskit.alerting] deleted has Grafana delete it'
            self.notes.say("error", message, rule.origin, f'take "{uid}" out of deleted')
        return uid
