"""What a suite brought."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Outcome"]


@dataclass
class Outcome:
    """Cases and those that pass; ``failed`` are some that do not, ``least`` is how many have to pass."""

    suite: str
    what: str
    least: int
    cases: int = 0
    passed: int = 0
    failed: list[str] = field(default_factory=list)
    note: str = ""

    def count(self, right: bool, case: str) -> None:
        """Count a case."""
        self.cases += 1
        self.passed += right
        if not right:
            self.failed.append(case)

    @property
    def holds(self) -> bool:
        """Whether enough pass."""
        return self.passed >= self.least and self.cases > 0
