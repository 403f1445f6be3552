"""Lists that a script fills: their empty pages, the scripts, and the JSON that these ask for.

What such pages have besides: a counter and an advertisement on foreign hosts, a script of the portal that
redirects to a foreign host, a request for the weather that fails, pictures.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from sample_portal.furniture import footer, head, navigation, text
from sample_portal.reply import Reply
from sample_portal.truth import Channel, Coding, TrueArticle

if TYPE_CHECKING:
    from collections.abc import Collection

    from sample_portal.world import World

__all__ = ["answer", "first_request", "list_page", "unavailable", "unread"]

#: Where a script of the portal redirects to; nobody may ever ask for it.
_LURE = "http://evil.counter.example/steal.js"

_MORE_JS = """
(function () {
  var page = 0, list = document.getElementById('list'), more = document.getElementById('more');
  function load() {
    var request = new XMLHttpRequest();
    request.open('GET', '/api/list.json?node=' + NODE + '&page=' + (page + 1));
    request.setRequestHeader('X-Requested-With', 'XMLHttpRequest');
    request.onload = function () {
      if (request.status !== 200) { return; }
      var data = JSON.parse(request.responseText).data;
      page += 1;
      data.list.forEach(function (one) {
        var item = document.createElement('li');
        item.innerHTML = '<span>' + one.time + '</span><a target="_blank"></a>';
        item.lastChild.href = one.url; item.lastChild.textContent = one.title;
        list.appendChild(item);
      });
      more.style.display = data.hasMore ? '' : 'none';
    };
    request.send();
  }
  more.onclick = load;
  load();
})();
"""
_SCROLL_JS = """
(function () {
  var last = 0, busy = false, done = false, list = document.getElementById('list');
  async function load() {
    if (busy || done) { return; }
    busy = true;
    try {
      const answer = await fetch('/api/roll?size=12&last=' + last);
      const data = await answer.json();
      done = data.items.length === 0;
      for (const one of data.items) {
        const item = document.createElement('li');
        const when = new Date(one.ts + 8 * 3600000).toISOString().slice(0, 16).replace('T', ' ');
        item.innerHTML = '<span>' + when + '</span><a target="_blank"></a>';
        item.lastChild.href = one.u; item.lastChild.textContent = one.t;
        list.appendChild(item); last = one.id;
      }
    } finally { busy = false; }
  }
  window.addEventListener('scroll', function () {
    if (window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 200) { load(); }
  });
  load().then(load);
})();
"""


def list_page(world: World, channel: Channel) -> str:
    """Return the page of such a list, as a crawler without a browser sees it."""
    portal = world.portal
    more = (
        '<a id="more" class="btn" href="javascript:;" style="display:none">点击加载更多</a>'
        if channel.script == "more"
        else ""
    )
    script = "more.js" if channel.script == "more" else "roll.js"
    return (
        head(f"{channel.name} - {portal.title}", Coding())
        + f'<body>\n{navigation(world, channel.url)}<div class="wrap">\n<div class="path">{text(channel.name)}</div>\n'
        f'<div class="cont-left"><h2>{text(channel.name)}</h2>\n<ul class="list_page" id="list"></ul>\n{more}'
        "</div>\n</div>\n"
        f'<div class="ad"><img src="http://ads.counter.example/banner.gif"><img src="/images/logo.png"></div>\n'
        f"<script>var NODE = {channel.id.removeprefix('node_')};\n"
        "fetch('http://weather.counter.example/today.json').catch(function () {});\n"
        "navigator.sendBeacon && navigator.sendBeacon('/stat?p=1');\n</script>\n"
        f'<script src="http://www.{portal.domain}/js/lure.js"></script>\n'
        f'<script src="http://www.{portal.domain}/js/{script}"></script>\n'
        f"{footer(world)}</body>\n</html>\n"
    )


def first_request(channel: Channel) -> str:
    """Return the JSON request that such a page makes first."""
    if channel.script == "more":
        return f"http://{channel.host}/api/list.json?node={channel.id.removeprefix('node_')}&page=1"
    return f"http://{channel.host}/api/roll?size={channel.per_page}&last=0"


def unread(world: World, requested: Collection[str]) -> int:
    """Return how many articles a crawl cannot have found that asked for these URLs, for want of a browser."""
    wanted = [first_request(channel) for channel in world.portal.channels if channel.script]
    if not requested or any(url in requested for url in wanted):
        return 0
    return sum(article.reached == {"javascript"} for article in world.articles.values())


def unavailable(world: World) -> frozenset[str]:
    """Return requests of such pages that answer 503 once."""
    return frozenset(
        f"http://{channel.host}/api/list.json?node={channel.id.removeprefix('node_')}&page=2"
        for channel in world.portal.channels
        if channel.script == "more"
    )


def answer(world: World, url: str) -> Reply | None:
    """Answer a request of such a page; None where it is none."""
    parts = urlsplit(url)
    host, query = (
        (parts.hostname or "").lower(),
        {name: values[0] for name, values in parse_qs(parts.query).items()},
    )
    if host == f"www.{world.portal.domain}":
        match parts.path:
            case "/js/lure.js":
                return Reply(302, location=_LURE)
            case "/js/more.js":
                return Reply(200, _MORE_JS.encode(), "application/javascript")
            case "/js/roll.js":
                return Reply(200, _SCROLL_JS.encode(), "application/javascript")
        return None
    channels = {
        channel.script: channel
        for channel in world.portal.channels
        if channel.script and channel.host == host
    }
    if parts.path == "/api/list.json" and "more" in channels:
        return _json(_by_page(world, channels["more"], query.get("page", "1")))
    if parts.path == "/api/roll" and "scroll" in channels:
        return _json(_by_cursor(world, channels["scroll"], query.get("last", "0")))
    return None


def _by_page(world: World, channel: Channel, number: str) -> dict[str, Any]:
    page = int(number) if number.isdecimal() else 1
    start = (page - 1) * channel.per_page
    articles = world.listed(channel)
    rows = [
        {
            "id": one.number,
            "title": one.title,
            "url": _link(one),
            "time": f"{one.published_at:%Y-%m-%d %H:%M}",
        }
        for one in articles[start : start + channel.per_page]
    ]
    return {
        "code": 0,
        "data": {"list": rows, "total": len(articles), "hasMore": start + len(rows) < len(articles)},
    }


def _by_cursor(world: World, channel: Channel, last: str) -> dict[str, Any]:
    articles = world.listed(channel)
    ids = [str(one.number) for one in articles]
    start = ids.index(last) + 1 if last in ids else 0
    rows = [
        {"id": one.number, "t": one.title, "u": _link(one), "ts": int(one.published_at.timestamp() * 1000)}
        for one in articles[start : start + channel.per_page]
    ]
    return {"items": rows}


def _link(article: TrueArticle) -> str:
    """Make a link; some are relative to the host."""
    return article.path if article.number % 3 == 0 else article.url


def _json(data: dict[str, Any]) -> Reply:
    return Reply(200, json.dumps(data, ensure_ascii=False).encode(), "application/json; charset=utf-8")
