"""Article templates: the profile's own, helped by its families', then the families'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.portals.layers import as_list, attempt
from crawler.portals.model import Source, Template
from crawler.portals.patterns import compile_pattern
from crawler.portals.schema import ARTICLE_FIELDS
from crawler.portals.sources import check_css, parse_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.portals.layers import Layers
    from crawler.portals.schema import TemplateTable

__all__ = ["resolve_templates"]


def resolve_templates(layers: Layers) -> tuple[Template, ...]:
    """Return the templates in the order in which they are tried.

    A template of the profile gets, behind its own, the sources and cut-outs of those of its families that
    have its type; the families' ``body`` only where it has none of its own, since the body decides which
    template is the right one. The families' templates follow.

    Raises:
        ProfileError: a source, selector or pattern that cannot be used.
    """
    families = [
        _template(table, f"article.template[{index}]", layer.file, f"{layer_name}:{index + 1}")
        for layer_name, layer in layers.named_families()
        for index, table in enumerate(_tables(layer.table))
    ]
    own = [
        _helped(
            _template(table, f"article.template[{index}]", layers.profile.file, f"profile:{index + 1}"),
            table,
            families,
        )
        for index, table in enumerate(_tables(layers.profile.table))
    ]
    return tuple(own + families)


def _tables(table: Any) -> Sequence[TemplateTable]:
    return (table.article.template or ()) if table.article is not None else ()


def _template(table: TemplateTable, place: str, file: str, name: str) -> Template:
    fields: dict[str, tuple[Source, ...]] = {}
    for field in ARTICLE_FIELDS:
        given = getattr(table, field)
        if given is not None:
            key = f"{place}.{field}"
            fields[field] = tuple(attempt(parse_source, text, file, key) for text in as_list(given))
    return Template(
        name=table.name or name,
        type=table.type or "news",
        when=None if table.when is None else attempt(check_css, table.when, file, f"{place}.when"),
        urls=tuple(
            attempt(compile_pattern, text, file, f"{place}.urls") for text in as_list(table.urls or [])
        ),
        fields=fields,
        remove=tuple(
            attempt(check_css, text, file, f"{place}.remove") for text in as_list(table.remove or [])
        ),
        cut=tuple(attempt(compile_pattern, text, file, f"{place}.cut") for text in as_list(table.cut or [])),
    )


def _helped(own: Template, table: TemplateTable, families: Sequence[Template]) -> Template:
    """Return the profile's template with its families' sources behind its own."""
    like = [template for template in families if template.type == own.type]
    fields: dict[str, tuple[Source, ...]] = {}
    for field in ARTICLE_FIELDS:
        mine = own.fields.get(field)
        if mine is not None and (field == "body" or not mine or _is_stop(mine[-1])):
            sources = mine
        else:
            sources = (mine or ()) + tuple(
                source for template in like for source in template.fields.get(field, ())
            )
        sources = tuple(dict.fromkeys(source for source in sources if not _is_stop(source)))
        if sources:
            fields[field] = sources
    return Template(
        name=own.name,
        type=own.type,
        when=own.when,
        urls=own.urls,
        fields=fields,
        remove=_with_families(own.remove, table.remove == [], [template.remove for template in like]),
        cut=_with_families(own.cut, table.cut == [], [template.cut for template in like]),
    )


def _with_families(own: tuple[Any, ...], off: bool, families: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:  # noqa: FBT001
    if off:
        return ()
    return tuple(dict.fromkeys([*own, *(entry for entries in families for entry in entries)]))


def _is_stop(source: Source) -> bool:
    return source.kind == "const" and not source.expression
