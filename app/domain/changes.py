"""What moved in a commit: published once, each screen decides whether it cares."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds and ids that moved; `everything` after a new generation or a restore."""

    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    """Aggregate value (or "draft", "outbox", "service", "configuration") → ids."""
    everything: bool = False

    @classmethod
    def of(cls, kind: str, *ids: str) -> Changes:
        return cls({kind: frozenset(ids)})

    def touches(self, *kinds: str) -> bool:
        """Whether any of the kinds moved."""
        return self.everything or any(kind in self.ids for kind in kinds)

    def merged(self, other: Changes) -> Changes:
        """Both commits' changes as one."""
        ids = dict(self.ids)
        for kind, more in other.ids.items():
            ids[kind] = ids.get(kind, frozenset()) | more
        return Changes(ids, self.everything or other.everything)
