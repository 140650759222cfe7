"""What must hold between the lines of a metrics text: types, series, buckets."""

from __future__ import annotations

import pytest

from obskit.exposition import Fault, Format, read

OK = """\
# HELP h Seconds.
# TYPE h histogram
h_bucket{a="x",le="0.1"} 1
h_bucket{a="x",le="2.0"} 3
h_bucket{a="x",le="+Inf"} 4
h_sum{a="x"} 9.5
h_count{a="x"} 4
"""


def faults(text: str, form: Format = "text") -> tuple[Fault, ...]:
    return read(text, form).faults


def changed(old: str, new: str) -> str:
    assert old in OK
    return OK.replace(old, new)


def test_families_gather_their_samples() -> None:
    text = OK + "# TYPE s summary\ns{quantile=\"0.5\"} 1\ns_sum 1\ns_count 1\n# HELP c C.\n# TYPE c counter\nc 1\nc_total 5\n"
    found = {family.name: (family.type, len(family.samples)) for family in read(text).families}
    assert found == {"h": ("histogram", 5), "s": ("summary", 3), "c": ("counter", 1), "c_total": ("untyped", 1)}


def test_openmetrics_families_are_asked_for_with_their_ending() -> None:
    text = "# TYPE c counter\n# UNIT c\nc_total 1\nc_created 5.5\n# TYPE b info\nb_info{v=\"1\"} 1\n# TYPE u unknown\nu 1\n# EOF\n"
    found = {family.metric: (family.type, len(family.samples)) for family in read(text.replace("# UNIT c\n", "")).families}
    assert found == {"c_total": ("counter", 2), "b_info": ("info", 1), "u": ("untyped", 1)}


def test_help_is_unescaped() -> None:
    assert read("# HELP a One\\ntwo \\\\ three\na 1\n").families[0].help == "One\ntwo \\ three"


@pytest.mark.parametrize("form", ["text", "openmetrics"])
def test_sound_histogram_has_no_fault(form: Format) -> None:
    assert faults(OK + ("# EOF\n" if form == "openmetrics" else ""), form) == ()


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        (changed('le="2.0"} 3', 'le="2.0"} 0'), "cumulative", 4),
        (changed('h_bucket{a="x",le="+Inf"} 4\n', ""), "infinity", 4),
        (changed('h_count{a="x"} 4', 'h_count{a="x"} 3'), "count", 7),
        (changed('h_count{a="x"} 4\n', ""), "count", 3),
        (changed('le="2.0"', 'le="two"'), "bucket", 4),
        (changed('le="2.0"', 'le="NaN"'), "bucket", 4),
        (changed(',le="2.0"', ""), "bucket", 4),
        (changed('le="2.0"', 'le="0.10"'), "twice", 4),
        (changed('le="2.0"', 'le="0.05"').replace('le="0.1"} 1', 'le="0.1"} 3'), "order", 4),
        (changed('le="2.0"} 3', 'le="2.0"} 2.5'), "fraction", 4),
        (changed("h_sum", "h"), "suffix", 6),
        ('# TYPE h histogram\nh_sum 1\nh_count 1\n', "no-bucket", 2),
        (changed("# TYPE h histogram\n", "").replace('le="2.0"} 3', 'le="2.0"} 0'), "cumulative", 3),
        ("# TYPE c counter\nc -1\n", "value", 2),
        ("# TYPE c counter\nc NaN\n", "value", 2),
        ('h_bucket{le="+Inf"} 4\nh_bucket{le="0.1"} 1\nh_bucket{le="0.10"} 1\nh_bucket{le="2"} 2\n', "twice", 3),
        ('h_bucket{le="+Inf"} 4\nh_bucket{le="0.1"} 3\nh_bucket{le="2"} 2\n', "cumulative", 3),
        ("# TYPE s summary\ns 1\n", "quantile", 2),
        ('# TYPE s summary\ns{quantile="95"} 1\n', "quantile", 2),
        ("a 1\na 2\n", "duplicate", 2),
        ('a{x="1",y="2"} 1\na{y="2",x="1"} 1\n', "duplicate", 2),
        ('a 1\na{x=""} 1\n', "duplicate", 2),
        ("a 1 1000\na 1 2000\n", "duplicate", 2),
        ("# TYPE a gauge\n# TYPE a gauge\na 1\n", "metadata", 2),
        ("# HELP a A.\n# HELP a A.\na 1\n", "metadata", 2),
        ("a 1\n# TYPE a gauge\n", "metadata", 2),
        ('h_bucket{le="+Inf"} 1\nh_count 1\n# TYPE h histogram\n', "metadata", 3),
        ('a 1\nb 1\na{x="1"} 1\n', "interleaved", 3),
        ("# TYPE c counter\nc_total 1\n", "type", 1),
    ],
)
def test_text_has_one_fault(text: str, kind: str, line: int) -> None:
    assert [(fault.kind, fault.line) for fault in faults(text)] == [(kind, line)]


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ("# TYPE c counter\nc 1\n", "suffix", 2),
        ("# TYPE c counter\nc_total -1\n", "value", 2),
        ("# TYPE i info\ni_info 2\n", "value", 2),
        ('# TYPE s stateset\ns{s="on"} 2\n', "value", 2),
        ('# TYPE s stateset\ns{x="on"} 1\n', "label", 2),
        ('# TYPE g gauge\ng 1 # {x="y"} 1\n', "exemplar", 2),
        ("a 1 5\na 1 5\n", "duplicate", 2),
        ("a 1\n# HELP a A.\n", "metadata", 2),
        ('# TYPE g gaugehistogram\ng_bucket{le="1"} 1\ng_gcount 1\n', "infinity", 2),
    ],
)
def test_openmetrics_has_one_fault(text: str, kind: str, line: int) -> None:
    assert [(fault.kind, fault.line) for fault in faults(f"{text}# EOF\n", "openmetrics")] == [(kind, line)]


@pytest.mark.parametrize(
    ("text", "kind", "metric"),
    [
        ('# TYPE kube_pod_info info\nkube_pod_info{pod="a"} 1\n', "suffix", "kube_pod_info"),
        ("# TYPE c_total counter\nc_total 1 # {trace_id=\"a\"} 1\n", "suffix", "c_total"),
        ('# TYPE phase stateset\nphase{state="on"} 1\n', "label", "phase"),
    ],
)
def test_openmetrics_that_prometheus_takes_all_the_same_is_read(text: str, kind: str, metric: str) -> None:
    exposition = read(f"{text}# EOF\n", "openmetrics")
    assert [(fault.kind, fault.severity) for fault in exposition.faults] == [(kind, "warning")]
    assert [family.metric for family in exposition.families] == [metric]


@pytest.mark.parametrize("text", ["# TYPE c counter\nc NaN\n", "# TYPE c counter\nc_total NaN\n# EOF\n"])
def test_counter_that_is_not_a_number_is_told_and_taken_as_prometheus_does(text: str) -> None:
    exposition = read(text)
    assert [(fault.kind, fault.severity) for fault in exposition.faults] == [("value", "warning")]
    assert [family.type for family in exposition.families] == ["counter"]


def test_openmetrics_series_may_have_several_points_in_time() -> None:
    assert faults("a 1 5\na 1 6\n# EOF\n", "openmetrics") == ()


@pytest.mark.parametrize(
    "text",
    [
        '# TYPE h histogram\nh_bucket{le="-1"} 1\nh_bucket{le="+Inf"} 1\nh_count 1\n',
        '# TYPE h histogram\nh_bucket{le="0.5"} 1\nh_bucket{le="0.95"} 1\nh_bucket{le="2"} 1\nh_bucket{le="+Inf"} 1\nh_count 1\n',
        '# TYPE h histogram\nh_bucket{le="0.5"} 1\nh_bucket{le="0.9"} 1\nh_bucket{le="+Inf"} 1\nh_count 1\n',
        '# TYPE s summary\ns{quantile="0.5"} NaN\ns_sum NaN\ns_count 0\n',
        "# TYPE g gauge\ng -1\n",
        "# HELP a A.\n# HELP b B.\n# TYPE b gauge\n# TYPE a gauge\na 1\nb 1\n",
        '# TYPE h_bucket untyped\nh_bucket{le="+Inf"} 4 1000\nh_bucket{le="0.1"} 1 1000\nh_bucket{le="10"} 3\nh_bucket{le="2"} 2\n',
        'a{x="k=v"} 1\na{x="/x?a=1&b=2,3"} 1\na{x="1,2"} 1\n',
    ],
)
def test_sound_text_has_no_fault(text: str) -> None:
    assert faults(text) == ()


def test_same_mistake_on_many_series_is_told_once() -> None:
    text = "# TYPE c counter\n" + "".join(f'c{{x="{number}"}} -1\n' for number in range(50))
    (fault,) = faults(text)
    assert (fault.line, fault.message) == (2, '"c" counts, and is negative (49 more like it)')


QUANTILES = """\
# TYPE api_response_time_seconds histogram
api_response_time_seconds_bucket{endpoint="/x",le="0.5"} 0.12
api_response_time_seconds_bucket{endpoint="/x",le="0.95"} 0.8
api_response_time_seconds_bucket{endpoint="/x",le="0.99"} 0.75
api_response_time_seconds_bucket{endpoint="/x",le="+Inf"} 4000
api_response_time_seconds_sum{endpoint="/x"} 812.5
api_response_time_seconds_count{endpoint="/x"} 1000
"""


def test_percentiles_as_buckets_and_a_capped_count_are_found() -> None:
    assert [(fault.line, fault.kind, fault.severity) for fault in faults(QUANTILES)] == [
        (2, "percentile", "error"),
        (4, "cumulative", "error"),
        (7, "count", "error"),
    ]


def test_percentiles_as_a_summary_are_sound() -> None:
    summary = QUANTILES.replace("histogram", "summary").replace("_bucket", "").replace("le=", "quantile=")
    assert faults("".join(line + "\n" for line in summary.splitlines() if "+Inf" not in line)) == ()


def test_whole_counts_under_quantile_bounds_are_only_suspicious() -> None:
    text = QUANTILES.replace("0.12", "1").replace("0.8\n", "2\n").replace("0.75", "3").replace("4000", "1000")
    assert [(fault.line, fault.kind, fault.severity) for fault in faults(text)] == [(2, "percentile", "warning")]


@pytest.mark.parametrize(
    ("line", "kind", "severity"),
    [
        ('requests_total{labels="endpoint=/x,method=GET"} 5', "joined", "warning"),
        ('requests_total{labels="{endpoint=/x, method=GET}"} 5', "joined", "warning"),
        ('requests_total{endpoint="/say?word="hi"",method="GET"} 5', "escape", "error"),
        ('requests_total{endpoint="C:\\dir",method="GET"} 5', "escape", "error"),
    ],
)
def test_labels_joined_or_unescaped_are_found(line: str, kind: str, severity: str) -> None:
    (fault,) = faults(f"# TYPE requests_total counter\n{line}\n")
    assert (fault.line, fault.kind, fault.severity) == (2, kind, severity)


def test_labels_apart_and_escaped_are_sound() -> None:
    assert faults('# TYPE requests_total counter\nrequests_total{endpoint="/say?word=\\"hi\\"",method="GET"} 5\n') == ()
