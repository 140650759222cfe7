"""What is fetched, and what is refused."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading

import pytest
from web import Answer, serving

from obskit.errors import ObskitError, OutsideError
from obskit.http import fetch, is_url, shown


def test_body_and_type_are_fetched() -> None:
    with serving(lambda _: Answer(b"a 1\n", headers={"Content-Type": "text/plain; version=0.0.4"})) as site:
        got = fetch(f"{site.url}/metrics", accept="text/plain")
    assert (got.body, got.content_type, got.url) == (b"a 1\n", "text/plain; version=0.0.4", f"{site.url}/metrics")
    assert (site.seen[0][0], site.seen[0][1]["Accept"]) == ("/metrics", "text/plain")


def test_packed_body_is_unpacked() -> None:
    with serving(lambda _: Answer(gzip.compress(b"a 1\n" * 1000), headers={"Content-Encoding": "gzip"})) as site:
        assert fetch(site.url).body == b"a 1\n" * 1000


def test_user_and_password_are_sent_and_not_shown() -> None:
    with serving(lambda _: Answer(b"a 1\n")) as site:
        got = fetch(site.url.replace("//", "//me:s%40cret@"))
    assert site.seen[0][1]["Authorization"] == "Basic bWU6c0BjcmV0"
    assert "cret" not in got.url


def test_password_stays_with_the_first_server() -> None:
    with (
        serving(lambda _: Answer(b"a 1\n")) as second,
        serving(lambda _: Answer(code=302, headers={"Location": f"{second.url}/m"})) as first,
    ):
        assert fetch(first.url.replace("//", "//me:secret@")).url == f"{second.url}/m"
    assert ("Authorization" in first.seen[0][1], "Authorization" in second.seen[0][1]) == (True, False)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(b"no", 404), "answers 404 Not Found"),
        (Answer(b"no", 401), "answers 401 Unauthorized"),
        (Answer(b"no", 503), "answers 503 Service Unavailable"),
        (Answer(code=302, headers={"Location": "/again"}), "answers 302 Found"),
        (Answer(code=302, headers={"Location": "file:///etc/hostname"}), "answers 302 Found"),
        (Answer(code=302, headers={"Location": "http://["}), "gave no answer that can be read"),
        (Answer(b"x" * 1001), "larger than 1000 bytes"),
        (Answer(gzip.compress(b"x" * 1001), headers={"Content-Encoding": "gzip"}), "larger than 1000 bytes"),
        (Answer(gzip.compress(b"x" * 99)[:-9], headers={"Content-Encoding": "gzip"}), "ends too early"),
        (Answer(b"x", headers={"Content-Encoding": "gzip"}), "gave no answer that can be read"),
        (Answer(b"x", headers={"Content-Encoding": "br"}), 'packed as "br"'),
        (Answer(b"x", length=5), "ends too early"),
    ],
)
def test_bad_answer_is_the_world_s_fault(answer: Answer, said: str) -> None:
    with serving(lambda _: answer) as site, pytest.raises(OutsideError) as raised:
        fetch(site.url.replace("//", "//me:secret@"), limit=1000)
    assert said in raised.value.message
    assert "secret" not in raised.value.message + raised.value.hint


def test_server_that_is_not_there_is_the_world_s_fault() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(OutsideError, match="cannot be reached"):
        fetch(f"http://127.0.0.1:{port}/metrics")


def test_silent_server_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(OutsideError, match=r"did not answer in 0\.2 s"):
        fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.2)


def test_slow_body_is_given_up() -> None:
    with (
        serving(lambda _: Answer(b"x" * 50, pause=0.1)) as site,
        pytest.raises(OutsideError, match=r"did not answer in 0\.5 s"),
    ):
        fetch(site.url, timeout=0.5)


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nX: "])
def test_slow_head_is_given_up(start: bytes) -> None:
    over = threading.Event()

    def drip(server: socket.socket) -> None:
        with contextlib.suppress(OSError), server.accept()[0] as client:
            client.sendall(start)
            for byte in b"HTTP/1.1 200 OK and on and on and on" * 9:
                client.sendall(bytes([byte]))
                if over.wait(0.1):
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,))
        thread.start()
        with pytest.raises(OutsideError, match=r"did not answer in 0\.5 s"):
            fetch(f"http://127.0.0.1:{server.getsockname()[1]}/", timeout=0.5)
        dripping = thread.is_alive()
        over.set()
        thread.join()
    assert dripping, "it was waited for to the end"


def test_address_is_asked_for_in_ascii() -> None:
    with serving(lambda _: Answer(b"a 1\n")) as site:
        got = fetch(f"{site.url}/é%20b?x=é&y=%41")
    assert [path for path, _ in site.seen] == ["/%C3%A9%20b?x=%C3%A9&y=%41"]
    assert got.body == b"a 1\n"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://host/a", "file:///etc/hostname", "http://", "http://[", "http://a:99999/", "http://a b/", "x://y", "http://a..b/",
        "http://" + "é" * 80,
    ],
)  # fmt: skip
def test_other_addresses_are_refused_as_usage(url: str) -> None:
    with pytest.raises(ObskitError) as raised:
        fetch(url)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    ("place", "is_one"), [("http://a/b", True), ("https://a", True), ("a/b.txt", False), ("-", False), ("C:\\a", False)]
)
def test_address_is_told_from_a_file(place: str, is_one: bool) -> None:
    assert is_url(place) == is_one


@pytest.mark.parametrize(
    ("url", "text"),
    [("http://me:pw@a:1/b?c=d@e", "http://a:1/b?c=d@e"), ("http://a/b@c", "http://a/b@c"), ("http://me:p@w@a", "http://a")],
)
def test_address_is_shown_without_the_password(url: str, text: str) -> None:
    assert shown(url) == text
