"""The middlewares by themselves: what they raise, tell and add. Whole crawls: tests/hostile."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import replace
from types import SimpleNamespace

import brotli
import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import HtmlResponse, Response
from twisted.python.failure import Failure

from crawler.context import CrawlScope
from crawler.context.local_state import LocalState
from crawler.errors import GiveUp as GiveUpError
from crawler.errors import Retry as RetryError
from crawler.fetching.content_coding import CorruptBodyError
from crawler.fetching.validators import TTL_S, Validators
from crawler.fetching.verdicts import Done, GiveUp, Retry
from crawler.middlewares.backoff import BackoffMiddleware
from crawler.middlewares.bounds import BoundsMiddleware
from crawler.middlewares.conditional import ConditionalMiddleware, validators_of
from crawler.middlewares.decoding import CutBodyError, DecodingMiddleware
from crawler.middlewares.guard import GuardMiddleware
from crawler.middlewares.portal_headers import PortalHeadersMiddleware
from crawler.middlewares.redirects import BoundedRedirects, BoundedRefreshes, Moved
from crawler.middlewares.refusals import Postponed, Refused
from crawler.middlewares.robots import RobotsMiddleware
from crawler.middlewares.verdicts import judge_failure, judge_response
from tests.contexts import make_context

URL = "http://www.sample.example/2026-01/10/content_1.htm"
LIST = "http://www.sample.example/node_1.htm"


def ask(url=URL, kind="article", **meta):
    return Request(url, meta={"portal": "sample", "kind": kind, **meta})


def answer(request, status=200, body=b"<p>x</p>", **headers):
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return HtmlResponse(request.url, status=status, body=body, headers=given, request=request)


# --- verdicts


def test_a_response_is_judged_with_its_headers(shared):
    now = shared.moment
    assert judge_response(answer(ask()), now=now) == Done()
    assert judge_response(answer(ask(), 503, Retry_After="7"), now=now) == Retry("http-503", 7.0)
    date = "Sat, 10 Jan 2026 00:01:00 GMT"
    assert judge_response(answer(ask(), 429, Retry_After=date), now=now) == Retry("http-429", 60.0)
    assert judge_response(answer(ask(), 404), now=now) == GiveUp("http-404")
    assert judge_response(answer(ask(), 403), attempt=3, now=now) == GiveUp("http-403")
    assert judge_response(answer(ask(), body=b"\x89PNG\r\n\x1a\n"), now=now) == GiveUp("not-text")
    assert judge_response(answer(ask(), 304), now=now) == GiveUp("http-304")
    conditional = ask()
    conditional.headers["If-None-Match"] = '"1"'
    assert judge_response(answer(conditional, 304), now=now) == Done(unchanged=True)


def test_a_failure_is_judged_by_its_exception():
    def judged(error, attempt=1):
        return judge_failure(Failure(error), attempt=attempt)

    assert judged(DownloadTimeoutError("x")).reason == "timeout"
    assert judged(CannotResolveHostError("x")).reason == "dns"
    assert judged(Refused("robots", "d")) == GiveUp("robots", "d")
    assert judged(Postponed("robots-unreachable", after_s=9)) == Retry("robots-unreachable", 9)
    assert judged(RetryError("host-paused", "d")) == Retry("host-paused", None, "d")
    assert judged(GiveUpError("soft-404")) == GiveUp("soft-404")
    assert judged(ZeroDivisionError("x"), 1) == Retry("unexpected", None, "ZeroDivisionError: x")
    assert judged(ZeroDivisionError("x"), 2) == GiveUp("unexpected", "ZeroDivisionError: x")
    assert judged(UnicodeError("label too long")).reason == "bad-url"


# --- guard


def test_the_guard_asks_the_portals_profile(context):
    guard = GuardMiddleware(context)
    assert guard.process_request(ask()) is None
    for url, reason in (("http://evil.example/", "offsite"), ("http://127.0.0.1/", "private-address")):
        with pytest.raises(Refused) as refused:
            guard.process_request(ask(url))
        assert refused.value.reason == reason
        assert isinstance(refused.value, IgnoreRequest)


def test_requests_without_a_portal_go_to_public_hosts_only(context):
    guard = GuardMiddleware(context)
    assert guard.process_request(Request("http://anything.example/")) is None
    with pytest.raises(Refused):
        guard.process_request(Request("http://192.168.0.1/"))


# --- redirects


@pytest.fixture
def follow(settings, context):
    def follow(request, status=302, **headers):
        middleware = BoundedRedirects(settings, context)
        return middleware.process_response(request, answer(request, status, **headers))

    return follow


def test_a_redirect_keeps_its_meta_and_its_chain_and_drops_conditions(follow):
    request = ask(hint={"title": "t"}, channel="c")
    request.headers["If-None-Match"] = '"1"'
    request.headers["Referer"] = "http://www.sample.example/"
    found = follow(request, 301, Location="/2026-01/10/content_2.htm")
    assert found.url == "http://www.sample.example/2026-01/10/content_2.htm"
    assert found.meta["channel"] == "c"
    assert found.meta["hint"] == {"title": "t"}
    assert found.meta["redirect_urls"] == [URL]
    assert found.meta["redirect_times"] == 1
    assert "If-None-Match" not in found.headers
    assert "Referer" not in found.headers


def test_a_form_that_becomes_a_get_loses_its_body_and_what_one_fetch_needed(follow):
    form = ask().replace(
        method="POST", body=b"page=1", headers={"Content-Type": "x", "Cookie": "y", "Accept": "z"}
    )
    form.meta["proxy"] = "http://proxy.example:3128"
    form.meta["_scheme_proxy"] = True
    for status, method, body in ((302, "GET", b""), (307, "POST", b"page=1")):
        found = follow(form, status, Location="/2")
        assert (found.method, found.body) == (method, body)
        assert ("Content-Type" in found.headers) is (method == "POST")
        assert found.headers["Accept"] == b"z"
        assert "Cookie" not in found.headers
        assert not {"proxy", "_scheme_proxy"} & set(found.meta)
        assert found.priority > form.priority
        assert found.meta["redirect_reasons"] == [status]


def test_a_spider_that_wants_to_know_is_told_where_an_article_leads(settings, context):
    middleware = BoundedRedirects(settings, replace(context, follows_moves=True))
    for kind, moved in (("article", True), ("channel", False)):
        request = ask(kind=kind)
        found = middleware.process_response(
            request, answer(request, 301, Location="/2026-01/10/content_2.htm")
        )
        assert isinstance(found, Moved) is moved
        target = found.target if moved else found
        assert (found.url if moved else request.url, target.meta["redirect_urls"]) == (URL, [URL])


def test_what_is_no_redirect_passes(follow):
    for status in (200, 304, 404, 503):
        assert isinstance(follow(ask(), status), Response)
    assert isinstance(follow(ask(dont_redirect=True), 302, Location="/x"), Response)


@pytest.mark.parametrize("most", [1, 5])
def test_the_chain_is_bounded_by_the_setting(settings, follow, most):
    settings.set("REDIRECT_MAX_TIMES", most)
    request = ask()
    for number in range(most):
        request = follow(request, Location=f"/{number}")
    with pytest.raises(Refused, match="too-many-redirects"):
        follow(request, Location="/last")


@pytest.fixture
def refresh(settings, context):
    def refresh(body):
        request = ask()
        middleware = BoundedRefreshes(settings, context)
        return middleware.process_response(request, answer(request, body=body))

    return refresh


def test_a_page_that_moved_by_meta_refresh_is_followed(refresh):
    found = refresh(b'<META HTTP-EQUIV="Refresh" CONTENT="0; URL=/2026-01/10/content_2.htm">')
    assert found.url == "http://www.sample.example/2026-01/10/content_2.htm"


@pytest.mark.parametrize(
    "body",
    [
        b"<p>refresh</p>",
        b'<meta http-equiv="refresh" content="300; url=/other">',
        b'<meta http-equiv="refresh" content="1">',
        b'<meta http-equiv="refresh" content="1; url=content_1.htm">',
        b'<meta http-equiv="refresh" content="1; url=javascript:x()">',
        b'<meta http-equiv="refresh" content="0; url=http://[::1">',
        b"x" * 5000 + b'<meta http-equiv="refresh" content="0; url=/other">',
    ],
)
def test_a_page_that_only_reloads_or_reloads_late_is_a_page(refresh, body):
    assert isinstance(refresh(body), Response)


def test_a_further_page_that_moved_is_told_to_whoever_takes_its_next_turn(settings, context):
    body = b'<meta http-equiv="refresh" content="0; url=/2026-01/10/content_1_3.htm">'
    middleware = BoundedRefreshes(settings, context)
    for kind, status in (("continuation", 302), ("article", 200), ("resource", 200)):
        request = ask(kind=kind, dont_redirect=True)
        found = middleware.process_response(request, answer(request, body=body))
        assert found.status == status
    request = ask(kind="continuation", dont_redirect=True)
    moved = middleware.process_response(request, answer(request, body=body))
    assert moved.headers["Location"] == b"http://www.sample.example/2026-01/10/content_1_3.htm"


def test_a_page_that_only_leads_on_by_a_script_is_followed(refresh):
    found = refresh(b"<script>location.href='/2026-01/10/content_2.htm'</script>")
    assert found.url == "http://www.sample.example/2026-01/10/content_2.htm"
    assert found.meta["redirect_reasons"] == ["script"]


@pytest.mark.parametrize(
    "body",
    [
        b"<script>location.href='/2026-01/10/content_1.htm'</script>",
        b"<script>location.href='#top'</script>",
        b"<script>document.cookie='a=1';location.href='/2026-01/10/content_2.htm'</script>",
        b"<script>location.href='javascript:x()'</script>",
        b"<script>if(mobile)location.href='/wap/'</script>",
        b"<script>location.href='/2026-01/10/content_2.htm'</script>" + b"x" * 40_000,
    ],
)
def test_a_script_that_reloads_or_asks_first_leads_nowhere(refresh, body):
    assert isinstance(refresh(body), Response)


def test_a_script_leads_out_of_the_portal_no_more_than_a_redirect(refresh):
    with pytest.raises(Refused, match="offsite-redirect"):
        refresh(b"<script>location.href='http://other.example/'</script>")


def test_a_withdrawn_article_refreshes_to_the_home_page(refresh):
    with pytest.raises(Refused, match="gone-redirect"):
        refresh(b'<meta http-equiv="refresh" content="3; url=/">')


# --- headers of a profile


@pytest.fixture
def with_headers(context, make_profile):
    own = {"User-Agent": "Mozilla/5.0", "X-Key": "secret", "Content-Type": "text/x", "If-None-Match": "no"}
    context.profiles["sample"] = make_profile(headers=own)
    return PortalHeadersMiddleware(context)


def test_headers_of_a_profile_are_sent_where_the_request_has_none_of_its_own(with_headers):
    request = ask()
    request.headers["If-None-Match"] = '"1"'
    with_headers.process_request(request)
    with_headers.process_request(request)  # as after a retry within this process
    assert request.headers.to_unicode_dict() == {
        "User-Agent": "Mozilla/5.0", "X-Key": "secret", "Content-Type": "text/x", "If-None-Match": '"1"',
    }  # fmt: skip
    stranger = Request("http://anything.example/")
    with_headers.process_request(stranger)
    assert not stranger.headers


def test_what_a_redirect_leads_to_has_none_of_them(with_headers, follow):
    request = ask()
    request.headers["X-Own"] = "y"
    with_headers.process_request(request)
    target = follow(request, 302, Location="http://fz.sample.example/2026-01/10/content_2.htm")
    assert target.headers.to_unicode_dict() == {"X-Own": "y"}
    assert "portal_headers" not in target.meta
    with_headers.process_request(target)
    assert target.headers["X-Key"] == b"secret"


# --- back-off


def test_refusals_leave_the_host_alone_for_all(context, shared):
    backoff = BackoffMiddleware(context)
    for given in (
        answer(ask(), 429, Retry_After="20"),
        answer(ask(LIST), 503),
        answer(ask(), 200),
        answer(ask("http://fz.sample.example/"), 503),
    ):
        assert backoff.process_response(given.request, given) is given
    assert shared.failed == [
        (URL, "http-429", 20.0), (LIST, "http-503", 0), ("http://fz.sample.example/", "http-503", 0),
    ]  # fmt: skip
    assert shared.answered == [URL]


@pytest.mark.parametrize(("rate", "told"), [(None, [(URL, 9.0)]), (0, [])])
def test_a_slow_host_is_spared_unless_everything_was_asked_for(context, shared, monkeypatch, rate, told):
    context = replace(context, scope=CrawlScope(rate=rate))
    backoff = BackoffMiddleware(context)
    for second in range(7):
        monkeypatch.setattr("crawler.middlewares.backoff.monotonic", lambda second=second: float(second))
        given = answer(ask(download_latency=9.0))
        backoff.process_response(given.request, given)
    assert shared.slowed == told


def test_only_a_host_that_keeps_failing_is_left_alone(context, shared):
    backoff = BackoffMiddleware(context)
    errors = [DownloadTimeoutError(), Refused("robots"), RetryError("host-paused"), DownloadTimeoutError()]
    for error in errors:
        backoff.process_exception(ask(), error)
    assert shared.failed == []
    given = answer(ask(), 502)
    backoff.process_response(given.request, given)
    assert shared.failed == [(URL, "http-502", 0)]


def test_a_host_that_is_known_to_fail_needs_one_more_failure_only(context, shared):
    backoff = BackoffMiddleware(context)
    shared.failing.add(URL)
    backoff.process_exception(ask(), DownloadConnectionRefusedError())
    assert shared.failed == [(URL, "refused", 0)]


@pytest.mark.parametrize(
    "error",
    [
        ResponseDataLossError(), DownloadCancelledError(), UnicodeError("label too long"), ZeroDivisionError(),
        Refused("robots"), GiveUpError("too-large"), RetryError("host-paused"), EOFError(),
    ],
)  # fmt: skip
def test_what_one_page_is_at_fault_for_says_nothing_of_its_host(context, shared, error):
    backoff = BackoffMiddleware(context)
    for _ in range(5):
        backoff.process_exception(ask(), error)
    assert shared.failed == []


@pytest.mark.parametrize(
    ("reason", "detail", "why"),
    [
        ("robots-unreachable", "refused: Connection refused", "refused"),
        ("robots-unreachable", "dns: no such name", "dns"),
        ("robots-unreachable", "http-503", "robots-unreachable"),
        ("robots-unreachable", "", "robots-unreachable"),
        ("tls-certificate", "it has expired", "tls-certificate"),
    ],
)
def test_a_host_whose_robots_txt_cannot_be_had_fails(context, shared, reason, detail, why):
    """Each page that waits for it counts, the fetch of the file itself does not."""
    backoff = BackoffMiddleware(context)
    for _ in range(5):
        fetch = ask("http://www.sample.example/robots.txt", robots=True)
        backoff.process_exception(fetch, DownloadConnectionRefusedError())
    assert shared.failed == []
    backoff.process_exception(ask(), Postponed(reason, detail, after_s=60.0))
    assert shared.failed == [(URL, why, 60.0)]


@pytest.mark.parametrize(
    "error", [Postponed("robots-unreachable", after_s=60.0), DownloadConnectionRefusedError()]
)
def test_a_host_that_answers_elsewhere_is_not_left_alone_for_one_page(context, shared, error):
    """As where its https does not work, and its http does."""
    backoff = BackoffMiddleware(context)
    for _ in range(9):
        backoff.process_response(ask(), answer(ask()))
        backoff.process_exception(ask(), error)
        backoff.process_exception(ask(), error)
    assert shared.failed == []


def test_a_crawl_without_a_frontier_is_left_alone():
    context = make_context()
    given = answer(ask(), 429)
    assert BackoffMiddleware(context).process_response(given.request, given) is given
    BackoffMiddleware(context).process_exception(ask(), DownloadTimeoutError())


# --- bounds


def test_sitemaps_have_bounds_of_their_own(settings):
    bounds = BoundsMiddleware(settings)
    article, sitemap = ask(), ask(kind="sitemap")
    bounds.process_request(article)
    bounds.process_request(sitemap)
    assert not {"download_maxsize", "download_slot"} & set(article.meta)
    assert sitemap.meta["download_slot"] in settings.getdict("DOWNLOAD_SLOTS")
    assert sitemap.meta["download_maxsize"] == settings.getint("SITEMAP_MAXSIZE") > 0
    assert sitemap.meta["download_timeout"] == settings.getint("SITEMAP_TIMEOUT") > 0


# --- bodies: unpacked, and all there


class Attempts(LocalState):
    """A queue that knows which attempt is the last."""

    last = False

    def is_last_attempt(self, request):
        return self.last


@pytest.fixture
def decode():
    state = Attempts()
    middleware = DecodingMiddleware(make_context(state), 1000)

    def decode(given, *, last=False):
        state.last = last
        middleware.process_request(given.request)
        return middleware.process_response(given.request, given)

    return decode


def test_layers_of_encoding_are_counted(decode):
    page = b"<p>" + b"x" * 50
    for encodings, layers in ((["gzip"], 1), (["gzip, gzip"], 2), (["gzip", "gzip, gzip"], 3)):
        packed = page
        for _ in range(layers):
            packed = gzip.compress(packed)
        given = answer(ask(), body=packed, Content_Encoding=encodings)
        if layers > 2:
            with pytest.raises(Refused, match="too-many-encodings"):
                decode(given)
        else:
            assert decode(given).body == page


def test_what_comes_out_of_a_layer_is_bounded(decode):
    given = answer(ask(), body=gzip.compress(b"x" * 1001), Content_Encoding="gzip")
    with pytest.raises(Refused, match="too-large"):
        decode(given)
    sitemap = answer(ask(kind="sitemap", download_maxsize=2000), body=given.body, Content_Encoding="gzip")
    assert len(decode(sitemap).body) == 1001


def test_an_unpacked_page_is_a_page_whatever_its_packed_bytes_looked_like(decode):
    given = Response(
        URL, body=gzip.compress(b"<html><p>x"), headers={"Content-Encoding": "gzip"}, request=ask()
    )
    page = decode(given)
    assert isinstance(page, HtmlResponse)
    assert "Content-Encoding" not in page.headers
    unknown = answer(ask(), body=b"packed", Content_Encoding="x-own")
    assert (decode(unknown).body, decode(unknown).headers["Content-Encoding"]) == (b"packed", b"x-own")


WHOLE = b"<html><body>x</body></html>"


@pytest.mark.parametrize("body", [WHOLE, WHOLE + b"<!-- 1 -->\n"])
def test_a_page_that_shows_its_end_is_taken_at_the_last_attempt_alone(decode, body):
    for given in (
        answer(ask(), body=body).replace(flags=["dataloss"]),
        answer(ask(), 206, body=body),
        answer(ask(), body=gzip.compress(body)[:-4], Content_Encoding="gzip"),
    ):
        with pytest.raises(CutBodyError):
            decode(given)
        assert decode(given, last=True).body == body


@pytest.mark.parametrize("body", [WHOLE[:-3], b"x</html>", b"[1, 2", b"<rss><item></item>", b"plain"])
def test_a_page_that_shows_no_end_is_never_taken(decode, body):
    with pytest.raises(CutBodyError):
        decode(answer(ask(), body=body).replace(flags=["dataloss"]), last=True)


def test_the_end_of_a_stream_counts_more_than_a_length(decode):
    for pack, coding in ((gzip.compress, "gzip"), (zlib.compress, "deflate"), (brotli.compress, "br")):
        given = answer(ask(), body=pack(b"<p>no end of a page"), Content_Encoding=coding).replace(
            flags=["dataloss"]
        )
        assert decode(given).body == b"<p>no end of a page"
    for given in (
        answer(ask(), 206, body=gzip.compress(b"<p>x"), Content_Encoding="gzip"),
        answer(ask(), body=b"packed", Content_Encoding="x-own").replace(flags=["dataloss"]),
        answer(ask(), body=b"<p>x", Content_Encoding="identity").replace(flags=["dataloss"]),
    ):
        with pytest.raises(CutBodyError):
            decode(given)


def test_a_damaged_body_is_never_taken(decode):
    packed = bytearray(gzip.compress(WHOLE))
    packed[-8] ^= 1
    with pytest.raises(CorruptBodyError):
        decode(answer(ask(), body=bytes(packed), Content_Encoding="gzip"), last=True)


def test_the_verdicts_on_bodies():
    assert judge_failure(Failure(CutBodyError("x")), attempt=9).reason == "truncated"
    assert judge_failure(Failure(CorruptBodyError("x")), attempt=1) == Retry(
        "bad-encoding", None, "CorruptBodyError: x"
    )
    assert isinstance(judge_failure(Failure(CorruptBodyError("x")), attempt=3), GiveUp)


def test_further_pages_are_at_the_last_attempt_where_their_article_is(decode):
    given = answer(ask(kind="continuation", last_attempt=True), body=WHOLE).replace(flags=["dataloss"])
    assert decode(given).body == WHOLE
    given = answer(ask(kind="continuation", last_attempt=False), body=WHOLE).replace(flags=["dataloss"])
    with pytest.raises(CutBodyError):
        decode(given, last=True)


def test_what_nobody_reads_is_no_error(decode):
    for status in (301, 404, 503):
        given = answer(ask(), status, body=b"not gzip", Content_Encoding="gzip").replace(flags=["dataloss"])
        assert (decode(given).status, decode(given).body) == (status, b"")
    head = answer(Request(URL, method="HEAD"), Content_Encoding="gzip")
    assert decode(head) is head


def test_a_part_that_was_asked_for_is_no_cut_page(decode):
    asked = ask()
    asked.headers["Range"] = "bytes=0-3"
    assert decode(answer(asked, 206, body=b"<htm")).body == b"<htm"


def test_what_was_stopped_by_ourselves_is_taken_as_far_as_it_came(decode):
    given = answer(ask(), body=gzip.compress(b"x" * 500)[:-9], Content_Encoding="gzip")
    assert decode(given.replace(flags=["download_stopped"])).body.startswith(b"x")


# --- conditional requests


async def conditions(context, request):
    await ConditionalMiddleware(context).process_request(request)
    return {
        name: request.headers.get(name)
        for name in ("If-None-Match", "If-Modified-Since")
        if name in request.headers
    }


WHEN = "Sat, 10 Jan 2026 00:00:00 GMT"


def keep_validators(shared, response):
    found = validators_of(response, shared.epoch)
    if found is not None:
        shared.keep(response.request, *found)


async def test_a_list_is_asked_conditionally_after_it_was_read_to_the_end(context, shared):
    first = ask(LIST, kind="channel")
    assert await conditions(context, first) == {}
    keep_validators(shared, answer(first, ETag='W/"abc"', Last_Modified=WHEN))
    assert await conditions(context, ask(LIST, kind="channel")) == {}  # not acknowledged yet
    shared.acknowledge(first)
    again = ask(LIST, kind="channel")
    assert await conditions(context, again) == {
        "If-None-Match": b'W/"abc"',
        "If-Modified-Since": WHEN.encode(),
    }
    shared.pass_(TTL_S + 1)
    assert await conditions(context, ask(LIST, kind="channel")) == {}


async def test_who_is_never_asked_conditionally(context, shared):
    first = ask(LIST, kind="channel")
    keep_validators(shared, answer(first, ETag='"1"'))
    shared.acknowledge(first)
    assert await conditions(context, ask(LIST, kind="channel")) != {}
    assert await conditions(context, ask(LIST, kind="article")) == {}
    assert await conditions(context, ask(LIST, kind="channel", page=2)) == {}
    assert await conditions(context, ask(LIST, kind="channel", redirect_times=1)) == {}
    shared.epoch += 1
    assert await conditions(context, ask(LIST, kind="channel")) == {}
    shared.epoch -= 1
    context = replace(context, scope=CrawlScope(full=True))
    assert await conditions(context, ask(LIST, kind="channel")) == {}


async def test_nothing_is_kept_of_what_says_nothing(shared):
    for given in (
        answer(ask(LIST, kind="channel")),
        answer(ask(LIST, kind="channel"), 500, ETag='"1"'),
        answer(ask(kind="article"), ETag='"1"'),
        answer(ask(LIST, kind="channel", page=3), ETag='"1"'),
        answer(ask(LIST, kind="channel"), ETag="unquoted", Last_Modified="yesterday"),
        answer(ask(LIST, kind="channel"), ETag='"' + "x" * 5000 + '"'),
        answer(ask(LIST, kind="channel"), ETag='"\xff"'),
    ):
        keep_validators(shared, given)
    assert shared.kept == {}


def test_validators_survive_the_journey_and_refuse_anything_else():
    found = Validators.of('"1"', WHEN, 7)
    assert Validators.from_bytes(found.to_bytes()) == found
    for data in (
        None,
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b'{"v":1,"etag":{},"modified":null,"epoch":0}',
        b'{"v":9}',
    ):
        assert Validators.from_bytes(data) is None


# --- robots.txt


class Engine:
    async def download_async(self, request):
        self.requested.append(request.url)
        assert request.meta["robots"]
        found = self.answers.pop(0)
        if isinstance(found, Exception):
            raise found
        status, body, *location = found
        return Response(request.url, status, headers={"Location": location} if location else {}, body=body)


@pytest.fixture
def engine():
    return Engine()


@pytest.fixture
def robots(engine, settings, context):
    def make(*answers):
        engine.answers, engine.requested = list(answers), []
        signals = SimpleNamespace(connect=lambda *_: None, disconnect=lambda *_: None)
        crawler = SimpleNamespace(settings=settings, engine=engine, signals=signals)
        return RobotsMiddleware(crawler, context)

    return make


async def test_robots_txt_takes_its_own_turn_and_so_does_who_waited(robots, shared):
    middleware = robots((200, b"User-agent: *\nDisallow: /private"))
    await middleware.process_request(ask())
    await middleware.process_request(ask(URL + "?2"))
    assert shared.turns == ["http://www.sample.example/robots.txt", URL]
    with pytest.raises(Refused, match="robots"):
        await middleware.process_request(ask("http://www.sample.example/private/1"))


async def test_five_redirects_of_robots_txt_are_followed(robots, engine, shared):
    hops = [(301, b"", f"http://m.sample.example/r{n}") for n in range(5)]
    middleware = robots(*hops, (200, b"User-agent: *\nDisallow: /"))
    with pytest.raises(Refused, match="robots"):
        await middleware.process_request(ask())
    assert len(engine.requested) == len(shared.turns) == 6
    middleware = robots(*hops, (301, b"", "http://m.sample.example/r5"), (200, b"User-agent: *\nDisallow: /"))
    await middleware.process_request(ask("http://fz.sample.example/1"))
    assert len(engine.requested) == 6


async def test_an_unreachable_robots_txt_postpones(robots):
    middleware = robots(DownloadTimeoutError())
    with pytest.raises(Postponed) as postponed:
        await middleware.process_request(ask())
    assert postponed.value.reason == "robots-unreachable"
    assert 50 < postponed.value.after_s <= 60


async def test_a_host_that_is_paused_says_nothing_of_its_robots_txt(robots, shared, monkeypatch):
    async def paused(url, portal):
        raise RetryError("host-paused")

    middleware = robots((200, b""))
    with monkeypatch.context() as patch:
        patch.setattr(shared, "reserve_slot", paused)
        with pytest.raises(RetryError, match="host-paused"):
            await middleware.process_request(ask())
    shared.pass_(61)
    await middleware.process_request(ask())


async def test_a_portal_may_do_without(robots, context, shared, make_profile):
    context.profiles["sample"] = make_profile(robots=False)
    await robots().process_request(ask())
    assert shared.turns == []
