"""Puts a body together: paragraphs, sub-headings, pictures, captions, byline lines, and lines that do not belong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sample_portal.truth import Block, Person

if TYPE_CHECKING:
    from random import Random

    from sample_portal.byline import Credit
    from sample_portal.text import Writer

__all__ = ["Body", "People", "Style", "captioned", "copied", "gallery", "news", "video"]

Body = tuple[tuple[Block, ...], ...]
People = tuple[Person, ...]


_PROMOTIONS = (
    "免责声明：本文仅代表作者个人观点，与本网无关。其原创性以及文中陈述文字和内容未经本网证实，请读者仅作参考，并请自行核实相关内容。",
    "版权声明：凡注明来源为“{site}”的文字、图片、音视频稿件，版权均属{site}所有，未经授权不得转载。",
    "更多精彩资讯，请扫描下方二维码下载“{site}”客户端。",
)
_HEADINGS = (
    "小切口做实大文章",
    "从“有没有”到“好不好”",
    "用心用情解难题",
    "把服务送到家门口",
    "暖心事办到心坎上",
    "数字背后的变化",
    "一头连着民生",
)


@dataclass(frozen=True, slots=True)
class Style:
    """What the position of an article deals out. ``folder`` is the absolute URL under which its pictures lie."""

    index: int
    site: str
    folder: str
    pages: int = 1
    pictures: bool = True
    agency: str = "福州日报"

    def picture(self, rng: Random) -> str:
        """Return the URL of a further picture."""
        if self.folder.endswith("/W"):
            return f"{self.folder}0{rng.randrange(10**19):019d}.jpg"
        return f"{self.folder}{rng.getrandbits(64):016x}.jpg"


def news(writer: Writer, rng: Random, style: Style, byline: Credit, title: str) -> Body:
    """Make an article of ``style.pages`` pages, and its byline where the form puts it."""
    k = style.index
    count = rng.randint(4, 7) * style.pages + 1
    texts = [writer.paragraph() for _ in range(count)]
    texts[0] = writer.lead(title) + texts[0]
    texts[0] = byline.opening + texts[0]
    texts[-1] += byline.closing
    blocks = [Block("paragraph", text) for text in texts]
    if style.pictures and k % 2 == 0:
        for place in sorted(rng.sample(range(len(blocks)), rng.randint(1, 2)), reverse=True):
            caption = writer.caption() + _photographer(style, writer, k) if k % 4 == 0 else ""
            blocks.insert(place, Block("picture", caption, style.picture(rng), lazy=k % 8 == 4))
    if k % 6 == 2:
        for heading in rng.sample(_HEADINGS, 2):
            blocks.insert(rng.randint(1, len(blocks) - 1), Block("heading", heading))
    if k % 19 == 7:
        blocks.insert(0, Block("paragraph", f"（原标题：{title}）"))
    if byline.first_line:
        blocks.insert(0, Block("paragraph", byline.first_line))
    if byline.last_line:
        blocks.append(Block("paragraph", byline.last_line))
    if k % 17 == 5:
        blocks.append(Block("paragraph", _PROMOTIONS[k % 3].format(site=style.site), noise=True))
    cut = -(-len(blocks) // style.pages)
    return tuple(tuple(blocks[start : start + cut]) for start in range(0, len(blocks), cut))


def gallery(writer: Writer, rng: Random, style: Style, title: str) -> Body:
    """Make pictures with captions under an introduction, on one page or two."""
    shown = [
        Block(
            "picture",
            f"图为{writer.caption()}。" + writer.sentence() + _photographer(style, writer, number),
            style.picture(rng),
        )
        for number in range(rng.randint(4, 8))
    ]
    blocks = [Block("paragraph", writer.lead(title) + writer.sentence()), *shown]
    half = len(blocks) // 2
    return (tuple(blocks[:half]), tuple(blocks[half:])) if style.index % 5 == 2 else (tuple(blocks),)


def video(writer: Writer, title: str) -> Body:
    """Make the few words under a film."""
    return (
        (Block("paragraph", writer.lead(title) + writer.sentence()), Block("paragraph", writer.paragraph())),
    )


def captioned(body: Body) -> People:
    """Return those whom captions credit (… 摄): a right answer names them or does not."""
    found = {}
    for page in body:
        for block in page:
            if block.kind == "picture" and block.text.endswith(" 摄"):
                name = block.text.split()[-2]
                found[name] = Person(name, frozenset({"photographer", "reporter"}), required=False)
    return tuple(found.values())


def copied(body: Body) -> Body:
    """Return the same words on one page, without what only the first site added."""
    return (tuple(block for page in body for block in page if block.kind != "picture" and not block.noise),)


def _photographer(style: Style, writer: Writer, number: int) -> str:
    return f" {style.agency}记者 {writer.person()} 摄" if number % 3 == 0 else ""
