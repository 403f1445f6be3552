"""What an error of Redis means, in words for a person."""

from __future__ import annotations

import re
import ssl
from typing import TYPE_CHECKING, Final

from redis.exceptions import (
    AskError,
    AuthenticationError,
    ClusterDownError,
    ClusterError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    ResponseError,
)
from redis.exceptions import ConnectionError as RedisConnectionError

from crawler.frontier.redis.scripts import NotReplicatedError

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["NOT_ANSWERED", "NoPrimaryError", "describe", "is_full"]

NOT_ANSWERED: Final = "Redis does not answer"

# what comes of plain words on a port that wants TLS
_FOREIGN: Final = re.compile(r"closed by server|reset by peer|Protocol Error")
_COMMAND: Final = re.compile(r"'([\w|]+)' command")


class NoPrimaryError(RedisConnectionError):
    """Sentinels are asked for the primary, and none names one."""


def is_full(error: BaseException) -> bool:
    """Say whether Redis refused a call because it is out of memory: nothing was done."""
    return isinstance(error, OutOfMemoryError) or (isinstance(error, ResponseError) and "OOM" in str(error))


def describe(error: BaseException) -> str:
    """Say what is wrong with Redis. Names no user: that is a part of its address."""
    if is_full(error):
        return "Redis is out of memory (maxmemory)"
    text = str(error).replace("\n", " ")[:200]
    if isinstance(error, NoPermissionError) or "ACL failure" in text or text.startswith("NOPERM"):
        return f"Redis does not permit its user {_denied(text)} (docs/machines.md: the least rights)"
    if isinstance(error, AuthenticationError) or "NOAUTH" in text or "HELLO must be" in text:
        return "Redis wants another user or password"
    if isinstance(error, ReadOnlyError) or "READONLY" in text:
        return "Redis is a replica, which takes no writes: give the address of its primary"
    if isinstance(error, ClusterDownError | ClusterError):
        return f"the Redis Cluster is down ({text})"
    if isinstance(error, AskError):
        return "another node of the Redis Cluster has the frontier"
    if isinstance(error, NotReplicatedError):
        return f"Redis does not pass on what is written ({text})"
    if "NOREPLICAS" in text:
        return "Redis has too few replicas to take writes (min-replicas-to-write)"
    if "DENIED" in text and "protected mode" in text:
        return "Redis is in protected mode: it wants a password, or protected-mode no"
    if isinstance(error, ResponseError):
        return f"Redis refuses: {text}"
    if any(isinstance(cause, NoPrimaryError) for cause in _causes(error)):
        return f"no sentinel of Redis names a primary ({text})"
    if tls := _of_tls(error):
        return tls
    if _FOREIGN.search(text):
        return "Redis closes the connection at once: where it wants TLS, the address begins with rediss://"
    if isinstance(error, (RedisError, OSError)):
        return f"Redis does not answer ({text})"
    return f"{type(error).__name__}: {text}"


def _denied(text: str) -> str:
    if command := _COMMAND.search(text):
        return f"the command {command[1].upper()}"
    return "a key of the frontier" if "key" in text else "what the frontier does"


def _of_tls(error: BaseException) -> str:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            why = cause.verify_message.rstrip(".")
            return f"the certificate of Redis is not trusted ({why}): ?ssl_ca_certs=FILE names who signed it"
        if isinstance(cause, ssl.SSLError):
            return f"Redis does not speak TLS there, as rediss:// has it ({cause.reason or cause})"
    return ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    found: BaseException | None = error
    for _ in range(8):
        if found is None:
            return
        yield found
        found = found.__cause__ or found.__context__
