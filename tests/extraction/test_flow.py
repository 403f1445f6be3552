"""The flow of a page: its lines, and the comments between them."""

from __future__ import annotations

from crawler.extraction.page.walk import read_flow
from crawler.parsing import Document


def flow_of(body: str, *, hidden: bool = False) -> tuple[list[str], list[tuple[str, int]]]:
    flow = read_flow(Document.from_text(f"<body>{body}</body>", "http://a.test/").tree.body, hidden=hidden)
    assert all(end >= start for start, end in zip(flow.starts, flow.ends, strict=True))
    return [line.text for line in flow.lines], flow.marks


def test_a_comment_breaks_no_line() -> None:
    assert flow_of("<p>责任编辑：<!--name-->林昭</p>") == (["责任编辑：林昭"], [("name", 1)])


def test_spaces_between_elements_are_spaces_of_the_line() -> None:
    assert flow_of("<p><b>福州</b> <i></i><b>日报</b></p><p><b>一</b><b>二</b></p>")[0] == [
        "福州 日报",
        "一二",
    ]


def test_comments_are_noted_where_they_stand_also_before_line_ends() -> None:
    page = "<p>一</p>\n<!--enpcontent-->\n<p>二</p>\n<p>三</p>\n<!--/enpcontent-->\n"
    assert flow_of(page) == (["一", "二", "三"], [("enpcontent", 1), ("/enpcontent", 3)])


def test_what_is_hidden_or_no_text_is_left_out() -> None:
    page = (
        '<div style="display:none">甲</div><p>乙<span style="display: none">丙</span></p><script>丁</script>'
        "<ul hidden><li>戊</ul><svg><a>己</a></svg><video><p>庚</p></video>辛"
    )
    assert flow_of(page)[0] == ["乙", "辛"]
    assert flow_of(page, hidden=True)[0] == ["甲", "乙丙", "戊", "辛"]


def test_blocks_inside_links_and_unknown_elements_are_lines() -> None:
    assert flow_of('<a href="/1"><div>一</div><div>二</div></a><o:p>三</o:p>四<br>五')[0] == list(
        "一二三四五"
    )
