"""Profiles from files: the bundled ones, and those of the folders that an operator adds.

Bundled files are read as package resources, so that they are found in a zipped egg too. A profile in an added
folder replaces the bundled one of its name, and so does a family in ``FOLDER/families/``; of several
folders the first that has the name counts.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from crawler.errors import ProfileError, UsageError
from crawler.portals.channel_sheet import read_rows
from crawler.portals.layers import Layer, as_list
from crawler.portals.reading import read_tables
from crawler.portals.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

    from crawler.portals.model import Profile
    from crawler.portals.schema import ChannelTable, PortalTable

__all__ = ["list_profiles", "load_profile", "load_profiles", "parse_profile"]

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_ALL: Final = "all"
_GENERIC: Final = "generic"
_RULES_ONLY: Final = (
    "title",
    "family",
    "home",
    "domains",
    "channels",
    "channels_from",
    "sitemaps",
    "feeds",
    "tags",
)
_MAX_FILE: Final = 4_000_000


def list_profiles(folders: Sequence[str | Path] = ()) -> tuple[str, ...]:
    """Return the names of all portals, sorted; their files are not read.

    One whose file has a name that none can have is among them, so that :func:`load_profile` can tell why.
    Hidden files are left out: editors and file systems put theirs beside others.

    Raises:
        UsageError: a folder that is not there.
    """
    return tuple(sorted({name for folder in _places(folders) for name in _names(folder)}))


def load_profile(name: str, folders: Sequence[str | Path] = ()) -> Profile:
    """Return the profile of a portal.

    Args:
        name: the portal's.
        folders: those of ``PORTALS_DIR``, in order.

    Raises:
        UsageError: there is no such portal, or no such folder.
        ProfileError: its file, a family's or its channels' cannot be used.
    """
    places = _places(folders)
    for folder in places if _NAME.fullmatch(name) else ():
        entry = folder / f"{name}.toml"
        if entry.is_file() or entry.is_dir():
            return _load_file(name, entry, folder, folders)
    for folder in places:
        for found in _names(folder):
            if found == name or (found.lower() == name and not _NAME.fullmatch(found)):
                return _load_file(found, folder / f"{found}.toml", folder, folders)
    known = [found for found in list_profiles(folders) if _NAME.fullmatch(found)]
    near = get_close_matches(name, known, n=1)
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
    raise UsageError(f"unknown portal {name!r}; {hint}")


def load_profiles(folders: Sequence[str | Path] = ()) -> tuple[dict[str, Profile], dict[str, ProfileError]]:
    """Return all profiles that can be used, and what is wrong with the others, both by name.

    Of hundreds of files one that somebody is just writing stops no portal but its own.

    Raises:
        UsageError: a folder that is not there.
    """
    sound: dict[str, Profile] = {}
    broken: dict[str, ProfileError] = {}
    for name in list_profiles(folders):
        try:
            sound[name] = load_profile(name, folders)
        except ProfileError as error:
            broken[name] = error
    return sound, broken


def parse_profile(
    text: str,
    name: str,
    file: str = "",
    folder: Path | None = None,
    folders: Sequence[str | Path] = (),
    *,
    adhoc: bool = False,
) -> Profile:
    """Parse a profile from its text.

    Args:
        text: the TOML.
        name: the portal's.
        file: what messages and the profile call it; ``NAME.toml`` if empty.
        folder: where ``channels_from`` is looked for.
        folders: further folders with families.
        adhoc: rules for single pages, which may be anywhere.

    Raises:
        ProfileError: it cannot be used.
    """
    _check_name(name, file or name)
    return _load(name, text, file or f"{name}.toml", folder, folders, adhoc=adhoc)


def _names(folder: Path | Traversable) -> list[str]:
    """Return the files of a folder that are meant to be profiles, without their suffix."""
    entries = (entry.name for entry in folder.iterdir())
    return [name[:-5] for name in entries if name.endswith(".toml") and not name.startswith(".")]


def _check_name(name: str, file: str) -> None:
    if name == _ALL:
        raise ProfileError(file, "", f"{name!r} means every portal: give the file another name")
    if not _NAME.fullmatch(name):
        raise ProfileError(
            file, "", f"{name!r} is no name for a portal: a-z, 0-9, - and _ only; give the file another name"
        )


def _load_file(
    name: str, entry: Path | Traversable, folder: Path | Traversable, folders: Sequence[str | Path]
) -> Profile:
    shown = _shown(entry)
    _check_name(name, shown)
    if entry.is_dir():
        raise ProfileError(shown, "", "a folder, where a profile is expected: give it another name")
    return _load(name, _text(entry), shown, folder, folders)


def _load(
    name: str,
    text: str,
    file: str,
    folder: Path | Traversable | None,
    folders: Sequence[str | Path],
    *,
    adhoc: bool = False,
) -> Profile:
    table = read_tables(text, file)
    names = as_list(table.family or [])
    names = [*names, *([] if _GENERIC in names else [_GENERIC])]
    families = [_family(family, file, folders) for family in names]
    if len(set(names)) < len(names):
        raise ProfileError(file, "family", "names a family twice")
    return resolve(name, Layer(file, table), families, names, _channels(table, file, folder), adhoc=adhoc)


def _family(name: str, file: str, folders: Sequence[str | Path]) -> Layer:
    known: set[str] = set()
    for place in _places(folders):
        folder = place / "families"
        entry = folder / f"{name}.toml"
        if _NAME.fullmatch(name) and entry.is_file():
            shown = _shown(entry)
            table = read_tables(_text(entry), shown)
            for key in _RULES_ONLY:
                if getattr(table, key) is not None:
                    raise ProfileError(shown, key, "belongs to a portal, not to a family")
            return Layer(shown, table)
        if folder.is_dir():
            known.update(filter(_NAME.fullmatch, _names(folder)))
    near = get_close_matches(name, known, n=1)
    if not _NAME.fullmatch(name):
        hint = "its name may have a-z, 0-9, - and _ only"
    else:
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(sorted(known))}"
    raise ProfileError(file, "family", f"unknown family {name!r}; {hint}")


def _channels(
    table: PortalTable, file: str, folder: Path | Traversable | None
) -> list[tuple[str, str, ChannelTable]]:
    channels = [(file, f"channels[{index}]", channel) for index, channel in enumerate(table.channels or ())]
    if table.channels_from is not None:
        if "/" in table.channels_from or "\\" in table.channels_from or folder is None:
            raise ProfileError(file, "channels_from", "expected the name of a file in the profile's folder")
        sheet = folder / table.channels_from
        if not sheet.is_file():
            raise ProfileError(file, "channels_from", f"there is no {table.channels_from} beside it")
        shown = _shown(sheet)
        channels += [(shown, place, channel) for place, channel in read_rows(_text(sheet), shown)]
    return channels


def _places(folders: Sequence[str | Path]) -> list[Path | Traversable]:
    out: list[Path | Traversable] = []
    for folder in folders:
        path = Path(folder)
        if not path.is_dir():
            raise UsageError(f"PORTALS_DIR: {folder} is no folder")
        out.append(path)
    out.append(files("crawler.portals"))
    return out


def _text(entry: Path | Traversable) -> str:
    try:
        data = entry.read_bytes()
    except OSError as error:
        raise ProfileError(_shown(entry), "", f"cannot be read: {error.strerror}") from error
    if len(data) > _MAX_FILE:
        raise ProfileError(_shown(entry), "", f"larger than {_MAX_FILE} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProfileError(_shown(entry), "", f"not UTF-8 (byte {error.start})") from error


def _shown(entry: Path | Traversable) -> str:
    """Return a file's name in messages: as given for an added folder, ``portals/NAME`` for a bundled one."""
    bundled = str(files("crawler.portals"))
    path = str(entry) if str(entry).isprintable() else ascii(str(entry))
    return f"portals/{path[len(bundled) :].lstrip('/')}" if path.startswith(bundled) else path
