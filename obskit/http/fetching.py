"""One GET: bounded in time, in size and in the number of addresses it is sent on to."""

from __future__ import annotations

import ipaddress
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from obskit import __version__
from obskit.errors import ObskitError, OutsideError
from obskit.http.address import shown, split

_AT_MOST = 5
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What stands at an address: `url` is the last one asked, without password; `body` is unpacked."""

    url: str
    content_type: str
    body: bytes


def fetch(url: str, *, accept: str = "*/*", timeout: float = 10, limit: int = 100_000_000) -> Fetched:
    """What `url` answers to GET, after at most five redirects (never from https to http).

    `timeout` is in seconds and holds for the whole answer, `limit` for its bytes once unpacked. A user and password in the
    address are sent to that server only. Proxies are those of the environment, none for this machine itself.
    Raises ObskitError when it is no address of http or https, OutsideError when there is no good answer.
    """
    clean, credentials = split(url)
    headers = {"Accept": accept, "Accept-Encoding": "gzip", "User-Agent": f"obskit/{__version__}"}
    request = Request(clean, headers=headers)
    if credentials:
        request.add_unredirected_header("Authorization", credentials)
    name = shown(clean)
    try:
        return _within(timeout, lambda: _asked(_opener(clean), request, timeout, limit))
    except HTTPError as error:
        error.close()
        raise OutsideError(f'"{name}" answers {error.code} {_reason(error.code)}'.rstrip(), hint=_HINTS.get(error.code, "")) from error
    except TimeoutError as error:
        raise OutsideError(f'"{name}" did not answer in {timeout:g} s', hint=_SILENT) from error
    except URLError as error:
        timed_out = isinstance(error.reason, TimeoutError)
        what = f"did not answer in {timeout:g} s" if timed_out else f"cannot be reached: {_said(error.reason)}"
        raise OutsideError(f'"{name}" {what}', hint=_SILENT) from error
    except (HTTPException, OSError, zlib.error, EOFError, ValueError) as error:
        raise OutsideError(f'"{name}" gave no answer that can be read: {_said(error)}') from error


_SILENT = "is it running, and is the port right?"
_HINTS = {
    **dict.fromkeys((301, 302, 303, 307, 308), f"it sends on more than {_AT_MOST} times, in a circle, or to what is not http or https"),
    401: "give user and password in the address: http://user:password@host/metrics",
    404: "is the path right, usually /metrics?",
}


def _within(seconds: float, ask: Callable[[], Fetched]) -> Fetched:
    """What `ask` answers. Raises what it raises, and TimeoutError when it takes longer.

    The time-outs of sockets begin anew with every byte, and looking up a name has none: hence the thread, which is left behind.
    """
    answers: list[Fetched] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            answers.append(ask())
        except Exception as error:  # raised again by who waits
            errors.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise TimeoutError
    return answers[0]


def _asked(opener: OpenerDirector, request: Request, timeout: float, limit: int) -> Fetched:
    end = time.monotonic() + timeout
    with opener.open(request, timeout=timeout) as answer:
        packed = answer.headers.get("Content-Encoding", "").strip().lower()
        body = _body(answer, packed, limit, end)
        return Fetched(url=shown(answer.url), content_type=answer.headers.get("Content-Type", ""), body=body)


def _opener(url: str) -> OpenerDirector:
    """Only what http and https need: no files, no other schemes."""
    opener = OpenerDirector()
    proxies = ProxyHandler({}) if _is_here(urlsplit(url).hostname or "") else ProxyHandler()
    for handler in (proxies, HTTPHandler(), HTTPSHandler(), _Redirects(), HTTPErrorProcessor(), HTTPDefaultErrorHandler()):
        opener.add_handler(handler)
    return opener


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


class _Redirects(HTTPRedirectHandler):
    """Follows a few redirects, and none that gives up encryption."""

    max_redirections = _AT_MOST
    max_repeats = 2

    def http_error_302(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage) -> object:
        try:
            return super().http_error_302(req, fp, code, msg, headers)
        except (ValueError, OutsideError):
            fp.close()  # which only an HTTPError would take along
            raise

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str) -> Request | None:
        try:
            clean, _ = split(newurl)
        except ObskitError as error:
            raise OutsideError(f'"{shown(req.full_url)}" sends on to what cannot be fetched', hint=error.message) from error
        if req.type == "https" and not clean.startswith("https:"):
            raise OutsideError(f'"{shown(req.full_url)}" sends on to an address without encryption', hint=f'ask "{shown(clean)}" itself')
        return super().redirect_request(req, fp, code, msg, headers, clean)


def _body(answer: HTTPResponse, packed: str, limit: int, end: float) -> bytes:
    """The body, unpacked as far as the limit allows."""
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise ValueError(f'it is packed as "{packed[:40]}"')
    unpack = zlib.decompressobj(wbits=31) if packed.endswith("gzip") else None
    parts, size = [], 0
    while chunk := answer.read1(_CHUNK):
        if time.monotonic() > end:
            raise TimeoutError
        part = unpack.decompress(chunk, limit - size + 1) if unpack else chunk
        size += len(part)
        if size > limit:
            raise ValueError(f"it is larger than {limit} bytes")
        parts.append(part)
    if answer.length or (unpack is not None and not unpack.eof):
        raise EOFError("it ends too early")
    return b"".join(parts)


def _reason(code: int) -> str:
    return HTTPStatus(code).phrase if code in {status.value for status in HTTPStatus} else ""


def _said(error: object) -> str:
    """What an error says, on one line and not at length; never the address it was about."""
    text = " ".join(str(error.strerror if isinstance(error, OSError) and error.strerror else error).split())
    return text[:200] or type(error).__name__
