"""What a person sees while a crawl runs: a live bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, Self, TextIO

from rich.console import Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from rich.console import Console

__all__ = ["LineProgress", "LiveProgress", "Progress", "Snapshot", "WhileRead"]

_LINE_EVERY_S: Final = 5.0
_RATE_WINDOW_S: Final = 10.0
_WIDEST: Final = 100


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of a crawl at one moment; ``at`` is monotonic seconds, counters are the whole run's.

    ``drained``: nothing is left to do now, so whoever worked on it has ended by itself.
    """

    at: float
    queued: int
    leased: int
    fetched: int
    stored: int
    failures: int
    workers: int
    unchanged: int = 0
    drained: bool = False

    @property
    def answered(self) -> int:
        """Pages that came, those that had not changed (304) included."""
        return self.fetched + self.unchanged

    @property
    def done(self) -> float:
        """The share of the requests known so far that are done, 0 to 1.

        It may fall: a crawl finds its work.
        """
        known = self.answered + self.queued + self.leased
        return self.answered / known if known else 0.0


class Progress(Protocol):
    """A display: a context manager that is shown snapshots."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def show(self, snapshot: Snapshot) -> None:
        """Show it, now or with a later one."""
        ...


class WhileRead:
    """Another display, for as long as its output takes what it shows.

    A closed pipe (``| head``), a full disk, a terminal that was closed: the first error of output is told to
    ``gone``, and then nothing more is shown. A crawl does not end because nobody watches.
    """

    def __init__(self, display: Progress, gone: Callable[[], None]) -> None:
        self._display: Progress | None = display
        self._gone = gone

    def __enter__(self) -> Self:
        self._try(lambda display: display.__enter__())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._try(lambda display: display.__exit__(kind, error, trace))

    def show(self, snapshot: Snapshot) -> None:
        """Show it, if anybody is there."""
        self._try(lambda display: display.show(snapshot))

    def _try(self, do: Callable[[Progress], object]) -> None:
        if self._display is None:
            return
        try:
            do(self._display)
        except OSError:
            closed, self._display = self._display, None
            self._gone()
            with suppress(OSError):
                closed.__exit__(None, None, None)  # gives back the streams that it may have taken


class _Meter:
    """What the snapshots so far come to: the speed now, and the whole crawl in one line."""

    def __init__(self) -> None:
        self._began: float | None = None
        self._base: Snapshot | None = None
        self._recent: deque[Snapshot] = deque()

    def add(self, snapshot: Snapshot) -> None:
        """Take the next snapshot."""
        if self._began is None:
            self._began = snapshot.at
        if self._recent and snapshot.answered < self._recent[-1].answered:
            self._recent.clear()  # another run has begun
        if not self._recent:
            self._base = snapshot
        self._recent.append(snapshot)
        while len(self._recent) > 2 and snapshot.at - self._recent[0].at > _RATE_WINDOW_S:
            self._recent.popleft()

    def speed(self) -> float:
        """Pages a second over the last ten seconds."""
        return _speed(self._recent[0], self._recent[-1]) if self._recent else 0.0

    def elapsed(self) -> str:
        """Since the first snapshot: ``MM:SS``."""
        seconds = int(self._recent[-1].at - self._began) if self._began is not None else 0
        return f"{seconds // 60:02}:{seconds % 60:02}"

    def closing_line(self) -> str:
        """The counters at the end, and the mean speed; empty where there was no snapshot."""
        if self._base is None:
            return ""
        last = self._recent[-1]
        unchanged = f" unchanged={last.unchanged}" if last.unchanged else ""
        return (
            f"crawl {self.elapsed()}  ended  fetched={last.fetched}{unchanged} stored={last.stored} "
            f"failures={last.failures} pages/s={_speed(self._base, last):.1f}"
        )


def _speed(first: Snapshot, last: Snapshot) -> float:
    elapsed = last.at - first.at
    return (last.answered - first.answered) / elapsed if elapsed > 0 else 0.0


class LineProgress:
    """One plain line every five seconds, and one at the end: for logs, cron and pipes."""

    def __init__(self, output: TextIO, *, every_s: float = _LINE_EVERY_S) -> None:
        self._output = output
        self._every = every_s
        self._meter = _Meter()
        self._next: float | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if line := self._meter.closing_line():
            print(line, file=self._output, flush=True)

    def show(self, snapshot: Snapshot) -> None:
        """Print the snapshot if the last line is old enough."""
        self._meter.add(snapshot)
        if self._next is None:
            self._next = snapshot.at + self._every
        if snapshot.at < self._next:
            return
        self._next = snapshot.at + self._every
        print(
            f"crawl {self._meter.elapsed()}  workers={snapshot.workers}",
            f"queued={snapshot.queued} leased={snapshot.leased} fetched={snapshot.fetched}",
            f"stored={snapshot.stored} failures={snapshot.failures} pages/s={self._meter.speed():.1f}",
            file=self._output,
            flush=True,
        )


class LiveProgress:
    """A bar above the counters, redrawn in place on a terminal; what stays is one line.

    Two lines, because the counters of a large crawl fill the 80 columns of an ordinary terminal.
    """

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = Live(console=console, transient=True, auto_refresh=False)
        self._meter = _Meter()

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()
        if line := self._meter.closing_line():
            self._console.print(line, highlight=False, soft_wrap=True)

    def show(self, snapshot: Snapshot) -> None:
        """Redraw."""
        self._meter.add(snapshot)
        self._live.update(self._draw(snapshot), refresh=True)

    def _draw(self, snapshot: Snapshot) -> Group:
        counters = {
            "queued": snapshot.queued,
            "leased": snapshot.leased,
            "fetched": snapshot.fetched,
            "stored": snapshot.stored,
            "failures": snapshot.failures,
        }
        bar = Table.grid(expand=True, padding=(0, 2))
        bar.width = min(self._console.width, _WIDEST)
        bar.add_column(ratio=1)
        bar.add_column(no_wrap=True)
        bar.add_row(
            ProgressBar(total=1.0, completed=snapshot.done),
            f"{self._meter.elapsed()}  {self._meter.speed():.1f} [dim]pages/s[/dim]  "
            f"{snapshot.workers} [dim]worker{'' if snapshot.workers == 1 else 's'}[/dim]",
        )
        numbers = "  ".join(f"[dim]{name}[/dim] {count}" for name, count in counters.items())
        return Group(bar, Text.from_markup(numbers, overflow="ellipsis"))
