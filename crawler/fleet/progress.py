"""What a person sees while a crawl runs: a live bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, Self, TextIO

from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table

if TYPE_CHECKING:
    from types import TracebackType

    from rich.console import Console

__all__ = ["LineProgress", "LiveProgress", "Progress", "Snapshot"]

_LINE_EVERY_S: Final = 5.0
_RATE_WINDOW_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of a crawl at one moment; ``at`` is monotonic seconds, counters are the whole run's."""

    at: float
    queued: int
    leased: int
    fetched: int
    stored: int
    failures: int
    workers: int

    @property
    def done(self) -> float:
        """The share of the requests known so far that are done, 0 to 1.

        It may fall: a crawl finds its work.
        """
        known = self.fetched + self.queued + self.leased
        return self.fetched / known if known else 0.0


class Progress(Protocol):
    """A display: a context manager that is shown snapshots."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, snapshot: Snapshot) -> None:
        """Show it, now or with a later one."""
        ...


class _Speed:
    """Pages a second over the last ten seconds."""

    def __init__(self) -> None:
        self._seen: deque[Snapshot] = deque()

    def add(self, snapshot: Snapshot) -> float:
        if self._seen and snapshot.fetched < self._seen[-1].fetched:
            self._seen.clear()  # another run has begun
        self._seen.append(snapshot)
        while len(self._seen) > 2 and snapshot.at - self._seen[0].at > _RATE_WINDOW_S:
            self._seen.popleft()
        first = self._seen[0]
        elapsed = snapshot.at - first.at
        return (snapshot.fetched - first.fetched) / elapsed if elapsed > 0 else 0.0


class LineProgress:
    """One plain line every five seconds: for logs, cron and pipes."""

    def __init__(self, output: TextIO, *, every_s: float = _LINE_EVERY_S) -> None:
        self._output = output
        self._every = every_s
        self._speed = _Speed()
        self._next: float | None = None
        self._began = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def show(self, snapshot: Snapshot) -> None:
        """Print the snapshot if the last line is old enough."""
        speed = self._speed.add(snapshot)
        if self._next is None:
            self._began = snapshot.at
            self._next = snapshot.at + self._every
        if snapshot.at < self._next:
            return
        self._next = snapshot.at + self._every
        elapsed = int(snapshot.at - self._began)
        print(
            f"crawl {elapsed // 60:02}:{elapsed % 60:02}  workers={snapshot.workers}",
            f"queued={snapshot.queued} leased={snapshot.leased} fetched={snapshot.fetched}",
            f"stored={snapshot.stored} failures={snapshot.failures} pages/s={speed:.1f}",
            file=self._output,
            flush=True,
        )


class LiveProgress:
    """A bar and the counters, redrawn in place on a terminal."""

    def __init__(self, console: Console) -> None:
        self._live = Live(console=console, transient=True, auto_refresh=False)
        self._speed = _Speed()

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def show(self, snapshot: Snapshot) -> None:
        """Redraw."""
        self._live.update(self._draw(snapshot, self._speed.add(snapshot)), refresh=True)

    @staticmethod
    def _draw(snapshot: Snapshot, speed: float) -> Table:
        row = Table.grid(padding=(0, 2))
        counters = {
            "queued": snapshot.queued,
            "leased": snapshot.leased,
            "fetched": snapshot.fetched,
            "stored": snapshot.stored,
            "failures": snapshot.failures,
        }
        row.add_row(
            ProgressBar(total=1.0, completed=snapshot.done, width=24),
            *(f"[dim]{name}[/dim] {count}" for name, count in counters.items()),
            f"{speed:.1f} [dim]pages/s[/dim]",
            f"[dim]workers[/dim] {snapshot.workers}",
        )
        return row
