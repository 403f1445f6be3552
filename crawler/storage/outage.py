"""What an error of MongoDB means: wait for the server, or blame the document."""

from __future__ import annotations

import logging
import re
import time
from typing import TYPE_CHECKING, Any, Final

from bson.errors import BSONError
from pymongo.errors import (
    BulkWriteError,
    ConnectionFailure,
    CursorNotFound,
    DocumentTooLarge,
    ExecutionTimeout,
    OperationFailure,
    PyMongoError,
    WTimeoutError,
)

from crawler.errors import CrawlerError, GiveUp, Unreachable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["DUPLICATE_KEY", "Outage", "is_outage", "one_line", "page_error", "write_errors"]

logger = logging.getLogger(__name__)

DUPLICATE_KEY: Final = 11000

DISK_FULL: Final = 14031

# Names and numbers: https://github.com/mongodb/mongo/blob/v6.0/src/mongo/base/error_codes.yml
OUTAGE_CODES: Final = frozenset(
    {
        6,  # HostUnreachable
        7,  # HostNotFound
        24,  # LockTimeout
        50,  # MaxTimeMSExpired
        64,  # WriteConcernFailed: no majority within the time
        89,  # NetworkTimeout
        91,  # ShutdownInProgress
        100,  # UnsatisfiableWriteConcern: members are missing
        112,  # WriteConflict
        189,  # PrimarySteppedDown
        262,  # ExceededTimeLimit
        9001,  # SocketException
        10107,  # NotWritablePrimary
        11600,  # InterruptedAtShutdown
        11602,  # InterruptedDueToReplStateChange
        13435,  # NotPrimaryNoSecondaryOk
        13436,  # NotPrimaryOrSecondary
        DISK_FULL,
    }
)


def is_outage(error: BaseException) -> bool:
    """Return whether the same write can succeed later, unchanged: the server is away, stepping down or full."""
    if isinstance(error, BulkWriteError):
        details: Mapping[str, Any] = error.details or {}
        return bool(details.get("writeConcernErrors")) or any(
            entry.get("code") in OUTAGE_CODES for entry in details.get("writeErrors", ())
        )
    if isinstance(error, OperationFailure) and error.code in OUTAGE_CODES:
        return True
    return isinstance(error, ConnectionFailure | WTimeoutError | ExecutionTimeout | CursorNotFound)


async def write_errors(collection: Any, operations: Mapping[int, Any]) -> dict[int, dict[str, Any]]:
    """Write in bulk, unordered; return the server's error entries of single operations, by their key.

    Raises PyMongoError where the server is the trouble and the same write may succeed later.
    """
    if not operations:
        return {}
    try:
        await collection.bulk_write([*operations.values()], ordered=False)
    except BulkWriteError as error:
        if is_outage(error):
            raise
        keys = [*operations]
        return {keys[entry["index"]]: entry for entry in (error.details or {}).get("writeErrors", ())}
    return {}


def one_line(error: BaseException) -> str:
    """Return the cause in one line for a person."""
    code = getattr(error, "code", None)
    if isinstance(error, BulkWriteError):
        details: Mapping[str, Any] = error.details or {}
        entries = [*details.get("writeErrors", ()), *details.get("writeConcernErrors", ())]
        if entries:
            code = next(
                (entry["code"] for entry in entries if entry.get("code") == DISK_FULL), entries[0].get("code")
            )
            message = str(entries[0].get("errmsg", ""))
        else:
            message = str(error)
    else:
        message = str(error)
    if code == DISK_FULL or "No space left" in message:
        return "its disk is full; make room and it goes on"
    return re.split(r", Timeout:|, full error:| \(configured timeouts:", message)[0].replace("\n", " ")[:200]


def page_error(error: Exception) -> Exception:
    """Return what the caller of a write is told: ``unstorable`` where the document itself is at fault.

    An error that is none of MongoDB's, a bug of ours, stays what it is: the page is tried again, not lost.
    """
    if isinstance(error, CrawlerError):
        return error
    if isinstance(error, BSONError | DocumentTooLarge | UnicodeError | OverflowError):
        return GiveUp("unstorable", str(error).replace("\n", " ")[:200])
    if isinstance(error, PyMongoError):
        return Unreachable(
            f"MongoDB refuses to store: {one_line(error)}; see the rights of the user in MONGO_URI"
        )
    return error


class Outage:
    """The one outage that all writers of a process are in: logged once when it begins, once when it is over.

    ``patience`` is the number of seconds after which waiting is pointless; ``clock`` counts seconds. Once it
    has run out, whatever still comes is refused at once (:meth:`check`): the crawl is ending, and each item
    would have to wait for the driver to find nobody again. ``hurry`` is asked for a shorter patience at every
    attempt: someone may stop the crawl while it waits.
    """

    def __init__(
        self,
        patience: float,
        clock: Callable[[], float] = time.monotonic,
        *,
        hurry: Callable[[], float | None] = lambda: None,
    ) -> None:
        self.patience = patience
        self._clock = clock
        self._hurry = hurry
        self._since: float | None = None
        self._verdict: str | None = None

    def check(self) -> None:
        """Raise Unreachable when the patience has run out."""
        if self._verdict is not None:
            raise Unreachable(self._verdict)

    def met(self, error: BaseException) -> None:
        """Note that a write failed for want of the server. Raises Unreachable once that outlasts the patience."""
        now = self._clock()
        hurry = self._hurry()
        if hurry is not None:
            self.patience = min(self.patience, hurry)
        if self._since is None:
            self._since = now
            logger.warning(
                "MongoDB cannot store: %s. Articles wait, up to %d s; nothing is lost.",
                one_line(error),
                self.patience,
            )
        elif now - self._since > self.patience:
            self._verdict = (
                f"MongoDB has not stored anything for {now - self._since:.0f} s: {one_line(error)}; "
                "start it or correct MONGO_URI, then crawl again: the frontier kept what was under way"
            )
            self.check()

    def over(self) -> None:
        """Note that a write succeeded."""
        if self._since is not None:
            logger.info("MongoDB stores again, after %.0f s.", self._clock() - self._since)
            self._since = None
