"""JSON-LD as pages write it."""

from __future__ import annotations

import pytest

from crawler.extraction import extract
from crawler.parsing import Document

DATA = '{"@context":"https://schema.org","@type":"NewsArticle","headline":"青禾","datePublished":"2026-11-28T09:15:00"}'
PAGE = (
    '<html><head><meta charset="utf-8"><title>青禾县改造农村供水管网_青禾新闻网</title><script type="application/ld+json">{}</script>'
    "</head><body><h1>青禾县改造农村供水管网</h1><div class=content><p>青禾县水利局在临溪镇召开现场会，总结今年农村供水管网改造的经验，"
    "全县已有六十七个村完成改造。</p><p>县水利局负责人表示，下一步将建立管护队伍，把水质检测结果每月向村民公布。</p></div></body></html>"
)


@pytest.mark.parametrize(
    "written",
    [
        DATA,
        f"{DATA};",
        f"// <![CDATA[\n{DATA}\n// ]]>",
        f"/*<![CDATA[*/\n{DATA}\n/*]]>*/",
        f"<!--\n{DATA}\n//-->",
        f"[{DATA},]",
        DATA.replace("}", ",}"),
        DATA.replace("{", "{ /* CMS 3.1 */ ").replace('"headline"', '// title\n"headline"'),
        DATA.replace('"', "&quot;"),
        f'{{"@type":"BreadcrumbList","itemListElement":[]}}\n{DATA}',
        f'{{"@type":"BreadcrumbList"}},{DATA}',
        f'[{{"@type":"WebSite"}},{{"@graph":[{DATA}]}}]',
    ],
)
def test_the_time_is_read(written: str) -> None:
    article = extract(Document.from_text(PAGE.replace("{}", written), "http://a.test/a/1001.html"), None)
    assert article.published == "2026-11-28T09:15:00+08:00"


@pytest.mark.parametrize(
    "written",
    [DATA.replace('"2026-11-28T09:15:00"', "now()"), DATA.replace('"青禾"', '"青"禾""'), DATA[:-1], ""],
)
def test_what_is_ambiguous_is_not_read(written: str) -> None:
    article = extract(Document.from_text(PAGE.replace("{}", written), "http://a.test/a/1001.html"), None)
    assert "json-ld" not in article.extraction.origin.values()
