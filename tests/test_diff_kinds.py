"""What Grafana takes for granted by the kind of a panel, and panels that become another kind."""

from __future__ import annotations

from typing import Any

import pytest
from compared import BOARD, changed, words

from obskit.diff.kinds import CUSTOM, OPTIONS


def of(kind: str, custom: Any = None, options: Any = None) -> dict[str, Any]:
    """The board with its first panel of that kind."""

    def change(board: dict[str, Any]) -> None:
        board["panels"][1].update(type=kind, options=options or {})
        board["panels"][1]["fieldConfig"]["defaults"]["custom"] = custom or {}

    return changed(BOARD, change)


KINDS = sorted({*CUSTOM, *OPTIONS})


@pytest.mark.parametrize("kind", KINDS)
def test_writing_out_what_a_kind_takes_for_granted_is_no_change(kind: str) -> None:
    assert words(of(kind), of(kind, CUSTOM.get(kind), OPTIONS.get(kind))) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if OPTIONS.get(kind)])
def test_another_option_is_told_with_what_it_was(kind: str) -> None:
    key, value = next((key, value) for key, value in OPTIONS[kind].items() if not isinstance(value, (dict, list)))
    (told,) = words(of(kind), of(kind, options={key: "other"}))[1:]
    assert f" {str(value).lower() if isinstance(value, bool) else value} → other" in told


SAME = {"lineWidth": 1}
TURNED = [
    # (before, after, what is told beside the kind)
    (of("timeseries", SAME), of("state-timeline", SAME), ""),
    (of("timeseries", SAME), of("stat", SAME), ""),
    (of("stat", SAME), of("histogram", SAME), ""),
    (of("timeseries"), of("state-timeline"), ""),
    (of("trend"), of("timeseries", SAME), ""),
    (of("timeseries", {"lineWidth": 3}), of("state-timeline", SAME),
     'fieldConfig.defaults.custom {"lineWidth": 3} → {"lineWidth": 1}'),
    (of("stat", options={"orientation": "auto", "graphMode": "area"}), of("gauge", options={"orientation": "auto"}),
     ""),
    (of("stat", options={"graphMode": "none"}), of("gauge"), 'options removed (was {"graphMode": "none"})'),
    (of("stat"), of("gauge", options={"showThresholdLabels": True}), 'options added: {"showThresholdLabels": true}'),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "told"), TURNED)
def test_panel_of_another_kind_is_told_with_what_the_files_change(before: Any, after: Any, told: str) -> None:
    kinds = " → ".join(board["panels"][1]["type"] for board in (before, after))
    assert "; ".join(words(before, after)[1:]) == f'panel "Requests": shown as {kinds}' + (f"; {told}" if told else "")
