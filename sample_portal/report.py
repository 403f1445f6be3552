"""What a comparison found, for a test and for a person."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sample_portal.truth import TrueArticle

__all__ = ["REQUIRED_F1", "REQUIRED_SHARE", "FieldScore", "Report", "Wrong"]

#: The share of right answers that a crawl must reach in each of these.
REQUIRED_SHARE = 0.99
#: The F1 that the body of every single article must reach.
REQUIRED_F1 = 0.99


@dataclass(frozen=True, slots=True)
class Wrong:
    """A field that differs: the article's URL, what is true, what was stored."""

    url: str
    want: object
    got: object


@dataclass(slots=True)
class FieldScore:
    """How often one field was right."""

    right: int = 0
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Right answers among all, 0 to 1; 1 if there was nothing to answer."""
        total = self.right + len(self.wrong)
        return self.right / total if total else 1.0

    def add(self, url: str, want: object, got: object, *, right: bool) -> None:
        """Count one answer."""
        if right:
            self.right += 1
        else:
            self.wrong.append(Wrong(url, want, got))


@dataclass(slots=True)
class Report:
    """What a crawl got right.

    ``fields`` are required to be right on 99 %; ``details`` are further fields, told but not required. ``bodies``
    maps URLs to F1. ``clusters`` counts groups of exact copies that share one cluster.
    """

    expected: int = 0
    missing: list[TrueArticle] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    fields: dict[str, FieldScore] = field(default_factory=dict)
    details: dict[str, FieldScore] = field(default_factory=dict)
    bodies: dict[str, float] = field(default_factory=dict)
    clusters: FieldScore = field(default_factory=FieldScore)

    @property
    def recall(self) -> float:
        """Articles that are stored, among all that can be reached."""
        return 1 - len(self.missing) / self.expected if self.expected else 1.0

    @property
    def body_f1(self) -> float:
        """The mean over the stored articles."""
        return sum(self.bodies.values()) / len(self.bodies) if self.bodies else 0.0

    @property
    def problems(self) -> list[str]:
        """One line for each requirement that is not met; empty if all are."""
        found = []
        if self.missing:
            found.append(f"{len(self.missing)} of {self.expected} articles are missing")
        if self.extra:
            found.append(f"{len(self.extra)} documents are no articles of the portal")
        if self.duplicates:
            found.append(f"{len(self.duplicates)} documents are second copies of an article")
        found += [
            f"{name} is right on {score.share:.1%} only"
            for name, score in self.fields.items()
            if score.share < REQUIRED_SHARE
        ]
        low = sum(value < REQUIRED_F1 for value in self.bodies.values())
        if low:
            found.append(f"the body of {low} articles has an F1 below {REQUIRED_F1}")
        if self.clusters.wrong:
            found.append(f"{len(self.clusters.wrong)} groups of exact copies are not one cluster")
        return found

    def text(self, worst: int = 5) -> str:
        """Return the report for a person, with up to ``worst`` examples of each kind of error."""
        lowest, low = (
            min(self.bodies.values(), default=0.0),
            sum(value < REQUIRED_F1 for value in self.bodies.values()),
        )
        lines = [
            f"articles   {self.expected - len(self.missing)} of {self.expected} (recall {self.recall:.2%})",
            f"others     {len(self.extra)} extra, {len(self.duplicates)} duplicate",
            f"body       mean F1 {self.body_f1:.4f}, lowest {lowest:.4f}, {low} below {REQUIRED_F1}",
            f"clusters   {self.clusters.right} of {self.clusters.right + len(self.clusters.wrong)} groups of copies",
        ]
        for name, score in (*self.fields.items(), *self.details.items()):
            mark = "" if name in self.fields else "  (not required)"
            lines.append(f"{name:<10} {score.share:7.2%}{mark}")
        lines += [
            f"  missing   {'/'.join(sorted(one.reached))} {one.layout} {one.url}"
            for one in self.missing[:worst]
        ]
        lines += [f"  extra     {url}" for url in self.extra[:worst]]
        lines += [f"  duplicate {url}" for url in self.duplicates[:worst]]
        for name, score in (*self.fields.items(), *self.details.items(), ("cluster", self.clusters)):
            lines += [
                f"  {name:<9} {wrong.url}\n    want {wrong.want!r}\n    got  {wrong.got!r}"
                for wrong in score.wrong[:worst]
            ]
        worst_bodies = sorted((value, url) for url, value in self.bodies.items() if value < REQUIRED_F1)
        lines += [f"  body      {value:.4f} {url}" for value, url in worst_bodies[:worst]]
        return "\n".join(lines)
