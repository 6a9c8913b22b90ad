"""What a record looks like once operations are laid over it: one rule for desk and central."""

from __future__ import annotations

from collections.abc import Mapping

from app.domain.operations import Body, Effect, FieldChange, Json


def lay_over(fields: Mapping[str, Json] | None, body: Body) -> dict[str, Json]:
    """The record's fields after the operation; `fields` is None where there is no record yet.

    Appending an entry whose `id` is already in the list changes nothing. The input is not modified.
    """
    result: dict[str, Json] = dict(fields or {})
    rule = body.rule
    match rule.effect:
        case Effect.CREATE | Effect.SET:
            result.update({name: change.new for name, change in body.changes.items()})
        case Effect.APPEND:
            result[rule.list_field] = _with_entry(result.get(rule.list_field), body.entry or {})
        case Effect.MERGE:
            result["merged_into"] = (body.entry or {}).get("into")
        case Effect.UNMERGE:
            result["merged_into"] = None
    return result


def _with_entry(entries: Json, entry: Mapping[str, Json]) -> Json:
    present = list(entries) if isinstance(entries, list) else []
    if any(isinstance(one, dict) and one.get("id") == entry.get("id") for one in present):
        return present
    return [*present, dict(entry)]


def changes_between(
    before: Mapping[str, Json], wanted: Mapping[str, Json]
) -> dict[str, FieldChange]:
    """The field changes that turn `before` into `wanted`; equal values are left out."""
    return {
        name: FieldChange(before.get(name), value)
        for name, value in wanted.items()
        if before.get(name) != value
    }
