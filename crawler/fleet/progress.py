"""What a person sees while a crawl runs: a live bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol, Self, TextIO

from rich.console import Group
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from crawler.fleet.meter import Meter

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from rich.console import Console

    from crawler.fleet.snapshot import Snapshot

__all__ = ["LineProgress", "LiveProgress", "Progress", "WhileRead"]

_LINE_EVERY_S: Final = 5.0
_WIDEST: Final = 100


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


class LineProgress:
    """One plain line every five seconds, and one at the end: for logs, cron and pipes."""

    def __init__(self, output: TextIO, *, every_s: float = _LINE_EVERY_S) -> None:
        self._output = output
        self._every = every_s
        self._meter = Meter()
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
        self._meter = Meter()

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
