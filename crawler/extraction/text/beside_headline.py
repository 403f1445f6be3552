"""What a page holds away from its headline, where an article stands at the headline.

How much is said tells nothing of short news: a footer, the rules for comments, the next article of an endless page say
more. Where a sentence stands below the headline, what stands above that is none of the text, nor what is parted from
it: by a list or its heading, by another headline, by the article's credits, or because the site speaks there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from crawler.extraction.labels.model import COMMENTS, PROSE, VOICE
from crawler.extraction.labels.table import has
from crawler.extraction.page.hints import AWAY
from crawler.extraction.text.anchor import is_to_readers
from crawler.extraction.text.parting import begins_article
from crawler.extraction.text.place import place_of

if TYPE_CHECKING:
    from crawler.extraction.page.flow import Flow
    from crawler.extraction.text.place import Anchor

__all__ = ["ABOVE", "BEHIND", "NAMED", "SPOKEN", "away_from"]

ABOVE: Final = "beside: above the headline"
"""What is cut because it stands above a headline that has an article below it."""
BEHIND: Final = "beside: behind the article"
"""What is cut because something parts it from the article at the headline."""
NAMED: Final = "beside: name of the element"
"""What is cut by the class or id of its element."""
SPOKEN: Final = "beside: the site speaks"
"""What is cut because the site speaks in an element of its own."""

_SHORT = 150  # letters: a longer text is hardly a lead
_FEW, _MANY = 3, 4  # paragraphs of a text outside its headline's element: anywhere, behind credits or a list
_FAR_MORE = 2


def away_from(flow: Flow, values: list[float], anchor: Anchor) -> dict[int, str]:
    """Return the lines that are none of the article at a headline, by the name of the rule."""
    found = {i: ABOVE for i in range(anchor.start) if values[i] > 0}
    between = range(anchor.end, anchor.first)
    found.update((i, SPOKEN) for i in between if values[i] > 0 and is_to_readers(flow.lines[i]))
    place = place_of(flow, anchor)
    stop = flow.ends[place.outermost] if anchor.kind != "text" else len(flow.lines)
    first = anchor.first if anchor.kind == "pictures" else anchor.first + 1
    parted, ended, until, behind_text = False, len(flow.lines), first, flow.ends[place.text]
    for i in range(first, len(flow.lines)):
        if i >= stop or begins_article(flow, i, flow.lines[anchor.start].tag):
            found.update(dict.fromkeys(range(i, len(flow.lines)), BEHIND))
            break
        inside = place.holds(i)
        if not inside:
            parted = parted or place.parts(i)
            ended = i if ended > i and (parted or place.ends(i)) else ended
            if parted and i >= behind_text:
                found.update(dict.fromkeys(range(i, len(flow.lines)), BEHIND))
                break
            if parted:
                found[i] = BEHIND
                continue
        if i >= until and (box := place.box(i)) >= 0:
            until = flow.ends[box]
            if flow.flags[box] & AWAY and not inside:
                found.update(dict.fromkeys(range(i, until), NAMED))
            elif _is_sites(flow, values, box, inside=inside):
                found.update(dict.fromkeys(range(i, until), SPOKEN))
    loose = [i for i in range(first, len(flow.lines)) if i not in found and not place.holds(i)]
    lead = sum([max(values[i], 0.0) for i in range(first - 1, ended) if i not in found and place.near(i)])
    behind = [i for i in loose if i >= ended]
    outside = [i for i in loose if i < ended and not place.near(i)]
    if lead >= _SHORT or not _goes_on(flow, values, behind, lead, _MANY):
        found.update(dict.fromkeys(behind, BEHIND))
    if (lead < _SHORT or not place.flat) and not _goes_on(flow, values, outside, lead, _FEW):
        found.update(dict.fromkeys(outside, BEHIND))
    return found


def _goes_on(flow: Flow, values: list[float], lines: list[int], lead: float, fewest: int) -> bool:
    """Say whether what stands apart from a text is the text, and that its lead: far more paragraphs of one element."""
    said = [i for i in lines if values[i] > 0]
    if len(said) < fewest or sum([values[i] for i in said]) < _FAR_MORE * lead:
        return False
    return len({flow.parents[flow.lines[i].block] for i in said if has(flow.lines[i], PROSE)}) == 1


def _is_sites(flow: Flow, values: list[float], box: int, *, inside: bool) -> bool:
    """Say whether an element is the site's: by the heading of comments, or because the site speaks in most of it.

    One ``inside`` the text's element has several lines that count: a paragraph may speak of a site.
    """
    start, end = flow.starts[box], flow.ends[box]
    if not inside and end - start > 1 and has(flow.lines[start], COMMENTS):
        return True
    said = [i for i in range(start, end) if values[i] > 0]
    spoken = sum(has(flow.lines[i], VOICE) for i in said)
    return spoken > 0 and 2 * spoken >= len(said) and (not inside or len(said) > 1)
