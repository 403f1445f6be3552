"""What is asked for, and when two requests bring the same page."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from crawler.portals.addresses import article_url, request_id
from crawler.portals.requests import read_request, request_table
from crawler.portals.schema import RequestTable
from crawler.urls import RequestSpec, url_id

URL = "http://www.test-news.cn/api.php?s=/News/getNewsListCache"
POST = RequestSpec(URL, "POST", body=b"tid=548")


def test_a_plain_get_is_known_by_its_url():
    assert RequestSpec(URL).fingerprint == url_id(URL)


def test_a_form_is_known_as_in_queues_that_run_already():
    former = sha256(f"POST {url_id(URL)} ".encode() + b"tid=548").hexdigest()[:32]

    assert POST.fingerprint == former


@pytest.mark.parametrize(
    "other",
    [
        replace(POST, body=b"tid=549"),
        replace(POST, method="PUT"),
        replace(POST, headers=(("Accept", "application/vnd.hq_time.v2+json"),)),
        RequestSpec(URL, headers=(("Accept", "application/vnd.hq_time.v2+json"),)),
        RequestSpec(URL, headers=(("Accept", "application/vnd.hq_time.v3+json"),)),
        RequestSpec(URL),
    ],
)
def test_what_is_asked_differently_is_another_page(other):
    assert other.fingerprint != POST.fingerprint
    assert len(other.fingerprint) == 32


def test_the_order_and_the_case_of_headers_say_nothing():
    one = replace(POST, headers=(("Accept", "a"), ("X-Version", "2")))
    two = replace(POST, headers=(("x-version", "2"), ("accept", "a")))

    assert one.fingerprint == two.fingerprint
    assert one.fingerprint != replace(POST, headers=(("Accept", "a"),)).fingerprint


def test_an_id_is_that_of_the_article(profile_of):
    profile = profile_of("[article]\ncanonical = ['s#^m\\.#www.#']\n")
    twin = "https://m.test-news.cn/2022-11/03/content_1.htm?utm_source=x"

    assert request_id(RequestSpec(twin), profile) == url_id(article_url(twin, profile))
    assert request_id(replace(POST, url=URL.replace("www.", "m.")), profile) == POST.fingerprint


@pytest.mark.parametrize(
    ("table", "spec"),
    [
        ({"url": URL}, RequestSpec(URL)),
        ({"url": URL, "form": {"tid": "548"}}, POST),
        ({"url": URL, "form": {"名": "a b", "c": ""}}, RequestSpec(URL, "POST", body=b"%E5%90%8D=a+b&c=")),
        (
            {"url": URL, "json": {"tid": 548, "名": [1]}},
            RequestSpec(
                URL, "POST", (("Content-Type", "application/json"),), '{"tid":548,"名":[1]}'.encode()
            ),
        ),
        ({"url": URL, "method": "POST"}, RequestSpec(URL, "POST")),
    ],
)
def test_a_table_of_the_profile_is_a_request_and_back(table, spec):
    assert read_request(RequestTable(**table)) == spec
    assert request_table(spec) == table
