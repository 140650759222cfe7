"""What receivers, routes, mute times and inhibitions refuse when they are made, and what they make of what they take."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from obskit.catalog import not_, one_of, regex
from obskit.errors import DeclarationError
from obskit.notify import (
    DingTalk,
    Email,
    Inhibit,
    MuteTime,
    PagerDuty,
    Period,
    Receiver,
    Route,
    Secret,
    Slack,
    Webhook,
    WeComApp,
    WeComRobot,
    gather,
)

OPS = Receiver("ops", Email("ops@example.com"))
KEY = Secret.env("KEY")
ANY: Any = None  # wrong types are the point

REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: Email(()), "to of Email holds no address, or what is none"),
    (lambda: Email("ops"), "to of Email holds no address, or what is none"),
    (lambda: Email("a@b.c, d@e.f"), "to of Email holds no address, or what is none"),
    (lambda: Email("a@b.c", single=1), "single of Email must be True or False, not int"),  # type: ignore[arg-type]  # the mistake
    (lambda: Email("a@b.c", subject="\ud800"), "subject of Email must be text, not str"),
    (lambda: Email("a@b.c", message="x" * 70000), "message of Email holds a zero byte, or more than anybody reads"),
    (lambda: DingTalk(), "DingTalk has neither a url nor a bridge"),
    (lambda: DingTalk(KEY, message_type="markdown"), "message_type of DingTalk is none of its values"),
    (lambda: WeComRobot(bridge="bridge:8060"), "bridge of WeComRobot is not an address"),
    (lambda: WeComApp("", "1", KEY), "WeComApp has no corp_id"),
    (lambda: WeComApp("ww", "1", KEY, users=()), "WeComApp writes to nobody"),
    (lambda: Slack(), "Slack has either a url or a token"),
    (lambda: Slack(KEY, token=KEY), "Slack has either a url or a token"),
    (lambda: Slack(token=KEY), "Slack with a token needs a channel"),
    (lambda: Slack(KEY, mention="all"), "mention of Slack is none of its values"),
    (lambda: PagerDuty(KEY, severity="fatal"), "severity of PagerDuty is none of its values"),
    (lambda: PagerDuty(KEY, details={"": "x"}), "a key in details of PagerDuty is empty"),
    (lambda: Webhook("https://x.example.com", username="a"), "Webhook has a username and a password, or neither"),
    (lambda: Webhook("https://x.example.com", most=-1), "most of Webhook must be a whole number"),
    (lambda: Webhook("https://x.example.com", method="GET"), "method of Webhook is none of its values"),
    (lambda: Webhook("https://x.example.com", token=KEY, scheme=" Basic"), 'scheme of Webhook is "Basic", which no token is sent with'),
    (lambda: Webhook("https://x.example.com", scheme="basic"), 'scheme of Webhook is "basic", which no token is sent with'),
    (lambda: Receiver(""), "a receiver has a name: one line of at most 200 characters, without space around it"),
    (lambda: Receiver(" ops"), "a receiver has a name: one line of at most 200 characters, without space around it"),
    (lambda: Receiver("o\nps"), "a receiver has a name: one line of at most 200 characters, without space around it"),
    (lambda: Receiver("ops", OPS), 'receiver "ops" holds Receiver, which is no integration'),  # type: ignore[arg-type]  # the mistake
    (lambda: Route("ops"), "the receiver of a route is a Receiver, not str"),  # type: ignore[arg-type]  # the mistake
    (lambda: Route(OPS, match={"a-b": "c"}), 'match of a route: "a-b" is not a label name'),
    (lambda: Route(OPS, match={"a": ()}), 'match of a route: "a" has an empty list of matchers'),
    (lambda: Route(OPS, match={"a": 5}), 'match of a route: "a" must be text, regex, not_ or one_of'),  # type: ignore[dict-item]  # so
    (lambda: Route(OPS, match={"a": regex("(?=b)")}), 'match of a route: "a": the regex looks ahead'),
    (lambda: Route(OPS, match={"a": "\ud800"}), 'match of a route: "a" must be a string of whole Unicode characters'),
    (lambda: Route(OPS, group_by=("a", "a")), "group_by of a route names a label twice, or others beside ..."),
    (lambda: Route(OPS, group_by=("...", "a")), "group_by of a route names a label twice, or others beside ..."),
    (lambda: Route(OPS, group_by=("a b",)), "group_by of a route holds what is not a label name"),
    (lambda: Route(OPS, group_interval="0s"), "group_interval of a route is zero"),
    (lambda: Route(OPS, repeat_interval="4 h"), 'repeat_interval of a route "4 h" is not a duration'),
    (lambda: Route(OPS, mute=(OPS,)), "mute of a route holds Receiver, not MuteTime"),  # type: ignore[arg-type]  # the mistake
    (lambda: Route(OPS, continue_="yes"), "continue_ of a route must be True or False, not str"),  # type: ignore[arg-type]  # so
    (lambda: Inhibit(source={}, target={"a": "b"}), "source of an inhibition has no condition"),
    (lambda: Inhibit(source={"a": "b"}, target={"a": "b"}, equal=("a", "a")), "equal of an inhibition names a label twice"),
    (lambda: Period(), "a period limits nothing"),
    (lambda: Period(times=("9-17",)), 'a period names "9-17", which is no range of hours'),
    (lambda: Period(times=("24:30-25:00",)), 'a period names "24:30-25:00", which is no range of hours'),
    (lambda: Period(times=("09:00-09:00",)), 'a period names "09:00-09:00", which is no range of hours'),
    (lambda: Period(times=("22:00-06:00",), weekdays=("mon",)), "times of a period go over midnight, and it is limited to days"),
    (lambda: Period(weekdays=("caturday",)), 'a period names "caturday", which is no weekday'),
    (lambda: Period(months=(13,)), "a period names 13, which is no month"),
    (lambda: Period(days=(0,)), "a period names 0, which is no day of the month"),
    (lambda: Period(days=("-3:5",)), 'a period names "-3:5", which is no day of the month'),
    (lambda: Period(days=("10:5",)), 'a period names "10:5", which is no day of the month'),
    (lambda: Period(years=("2030:2027",)), 'a period names "2030:2027", which is no year'),
    (lambda: MuteTime("nights"), 'mute time "nights" has no period, or holds what is none'),
    (lambda: MuteTime("$nights", Period(years=(2027,))), "the name of a mute time holds a $"),
    (lambda: MuteTime("n", Period(years=(2027,)), zone="Asia/Shanghia"), 'mute time "n": there is no time zone "Asia/Shanghia"'),
    (lambda: MuteTime("n", Period(years=(2027,)), zone="UTC+8 "), 'zone of mute time "n" is no time zone'),
]


@pytest.mark.parametrize(("made", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_wrong_declaration_is_refused(made: Callable[[], object], message: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        made()
    assert caught.value.message == message


PERIODS: list[tuple[Period, dict[str, Any]]] = [
    (Period(times=("22:00-06:00",)), {"hours": (("22:00", "24:00"), ("00:00", "06:00"))}),
    (Period(times=("22:00-00:00",)), {"hours": (("22:00", "24:00"),)}),
    (Period(times=("09:00 - 17:30",), weekdays=("mon:fri",)), {"hours": (("09:00", "17:30"),), "weekdays": ("monday:friday",)}),
    (Period(weekdays=("Fri-Mon", "wed")), {"weekdays": ("friday:saturday", "sunday:monday", "wednesday")}),
    (Period(months=("nov:feb", 6)), {"months": ("november:december", "january:february", "june")}),
    (Period(days=(1, "-3:-1", "1:-2")), {"days": ("1", "-3:-1", "1:-2")}),
    (Period(years=(2027, "2028:2030")), {"years": ("2027", "2028:2030")}),
]


@pytest.mark.parametrize(("period", "expected"), PERIODS)
def test_period_is_written_as_both_sides_read_it(period: Period, expected: dict[str, Any]) -> None:
    assert {name: getattr(period, name) for name in expected} == expected


def test_one_thing_may_stand_for_a_tuple_of_it() -> None:
    nights = MuteTime("nights", Period(times="22:00-06:00"))  # type: ignore[arg-type]  # taken all the same
    assert Route(OPS, mute=nights).muted == (nights,)
    assert Email("ops@example.com").to == ("ops@example.com",)


def test_conditions_keep_their_order_and_may_be_several_of_a_label() -> None:
    route = Route(OPS, match={"job": (regex("shop.*"), not_("shop-dev")), "severity": one_of("critical", "warning")})
    assert route.title == '{job=~"shop.*", job!="shop-dev", severity=~"critical|warning"}'


def test_route_inside_another_is_no_root_though_it_has_a_name() -> None:
    inner = Route(OPS, match={"severity": "critical"})
    root = Route(OPS, routes=(inner,))
    assert gather((inner, root)).roots == (root,)


def test_what_only_a_route_names_is_gathered_once() -> None:
    nights = MuteTime("nights", Period(times=("22:00-06:00",)))
    root = Route(OPS, routes=(Route(OPS, match={"a": "b"}, mute=nights), Route(OPS, match={"a": "c"}, mute=nights)))
    found = gather((root,))
    assert (found.receivers, found.mute_times) == ((OPS,), (nights,))


def test_others_are_told_instead() -> None:
    pager, team, staging = Receiver("pager", PagerDuty(KEY)), Receiver("team", Slack(KEY)), Receiver("staging", Slack(KEY))
    root = Route(team, routes=(Route(pager, match={"severity": "critical"}), Route(match={"severity": "info"})))
    found = gather((pager, team, staging, root), {"*": "staging", "team": "team"})
    assert [route.receiver.name if route.receiver else None for route in found.routes] == ["team", "staging", None]
    assert [receiver.name for receiver in found.receivers] == ["team", "staging"]


ALWAYS: list[tuple[Period, ...]] = [
    (Period(times=("00:00-24:00",)),),
    (Period(weekdays=("mon:sun",)),),
    (Period(times=("00:00-12:00", "11:00-24:00")),),
    (Period(weekdays=("mon:fri",)), Period(weekdays=("sat", "sun"), times=("00:00-24:00",))),
    (Period(times=("22:00-08:00",)), Period(times=("08:00-22:00",))),
]
SOMETIMES: list[tuple[Period, ...]] = [
    (Period(times=("00:00-23:59",)),),
    (Period(weekdays=("mon:sat",)),),
    (Period(weekdays=("mon:fri",)), Period(weekdays=("sat", "sun"), times=("00:01-24:00",))),
    (Period(times=("00:00-24:00",), months=(1,)),),
    (Period(weekdays=("mon:sun",), years=(2027,)),),
]


@pytest.mark.parametrize("periods", ALWAYS)
def test_mute_time_that_is_always_is_refused(periods: tuple[Period, ...]) -> None:
    with pytest.raises(DeclarationError, match='mute time "n" is always'):
        MuteTime("n", *periods)


@pytest.mark.parametrize("periods", SOMETIMES)
def test_mute_time_that_leaves_a_minute_is_taken(periods: tuple[Period, ...]) -> None:
    assert MuteTime("n", *periods).periods == periods


def test_routes_nest_as_deep_as_anybody_reads() -> None:
    route = Route(Receiver("a"))
    for _ in range(49):
        route = Route(routes=(route,))
    with pytest.raises(DeclarationError, match="a route stands in 50 others"):
        Route(routes=(route, route))


def test_new_group_may_be_told_at_once() -> None:
    assert Route(group_wait="0s").group_wait == "0s"


@pytest.mark.parametrize("option", ["group_interval", "repeat_interval"])
def test_what_repeats_has_a_length(option: str) -> None:
    with pytest.raises(DeclarationError, match=f"{option} of a route is zero"):
        Route(**{option: "0s"})  # type: ignore[arg-type]  # the options that are texts


def test_route_that_its_times_keep_quiet_for_ever_is_refused() -> None:
    day, night = MuteTime("day", Period(times=("08:00-20:00",))), MuteTime("night", Period(times=("20:00-08:00",)))
    abroad = MuteTime("abroad", Period(times=("20:00-08:00",)), zone="Asia/Tokyo")
    for times in ({"mute": (day, night)}, {"active": day, "mute": day}, {"active": (day, night), "mute": (night, day)}):
        with pytest.raises(DeclarationError, match="the times of a route never tell anything"):
            Route(**times)  # type: ignore[arg-type]  # the options that are times
    assert Route(mute=(day, abroad), active=night).muted == (day, abroad)


@pytest.fixture
def no_zones() -> Iterator[None]:
    """A machine without a database of time zones."""
    zoneinfo.reset_tzpath(to=())
    zoneinfo.ZoneInfo.clear_cache()
    yield
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()


@pytest.mark.usefixtures("no_zones")
def test_zones_are_known_on_every_machine() -> None:
    assert MuteTime("n", Period(years=(2027,)), zone="Asia/Shanghai").zone == "Asia/Shanghai"
    with pytest.raises(DeclarationError) as caught:
        MuteTime("n", Period(years=(2027,)), zone="Asia/Shanghia")
    assert caught.value.hint == 'did you mean "Asia/Shanghai"?'
