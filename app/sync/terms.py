"""Which history an answer speaks of: the known one, a new one, a former one, or a second one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.central_services import Service
from app.domain.errors import CentralUnavailable
from app.domain.feed import FeedPage, Position, Silence
from app.ports.store import ReadTx, WriteTx


class Relation(StrEnum):
    """How an answer's term stands to the one this desk knows."""

    SAME = "same"
    RAISED = "raised"
    """A restore, promotion or switch: what lies beyond the fork is offered again."""
    FORMER = "former"
    """A replica of a history central has left; ignored."""
    SPLIT = "split"
    """The same number under another id: two centrals believe they are the one."""


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """The term this desk has adopted, and how far its mirror is."""

    term: int
    term_id: str
    position: Position | None

    @property
    def expected(self) -> tuple[int, str]:
        """What each attempt names as its precondition."""
        return self.term, self.term_id


class SplitBrain(Exception):
    """Central's answer carries the known term under another id."""


def require_same(found: Relation) -> None:
    """Nothing is mirrored of another history than the one that is followed, or of a former one.

    Raises SplitBrain, CentralUnavailable.
    """
    match found:
        case Relation.SPLIT:
            raise SplitBrain
        case Relation.FORMER:
            raise CentralUnavailable("A former history answers.", cause=Silence.BEHIND)


def _setting(service: Service) -> str:
    return f"term.{service}"


def known_term(tx: ReadTx, service: Service) -> KnownTerm | None:
    """The mirror's term, or the one adopted since from a snapshot that is not finished yet."""
    feed = tx.feed_state(service)
    kept = tx.desk.setting(_setting(service))
    if isinstance(kept, list) and len(kept) == 2:
        term, term_id = kept
        if isinstance(term, int) and (feed.position is None or term > feed.position.term):
            return KnownTerm(term, str(term_id), feed.position)
    if feed.position is None or feed.term_id is None:
        return None
    return KnownTerm(feed.position.term, feed.term_id, feed.position)


def keep_term(tx: WriteTx, service: Service, position: Position, term_id: str) -> None:
    """Adopt a term before the mirror stands in it."""
    tx.desk.set_setting(_setting(service), [position.term, term_id])


def relation(known: KnownTerm | None, position: Position, term_id: str) -> Relation:
    """Compare; a desk that knows no term yet takes what comes."""
    if known is None:
        return Relation.SAME
    if position.term != known.term:
        return Relation.RAISED if position.term > known.term else Relation.FORMER
    return Relation.SAME if term_id == known.term_id else Relation.SPLIT


def page_relation(known: KnownTerm | None, page: FeedPage) -> Relation:
    """The same for a page of the feed.

    A page that names a fork and still stands in the known term is on the way to a new one: central
    lists the shared history first.
    """
    found = relation(known, page.position, page.term_id)
    return Relation.SAME if found is Relation.SPLIT and page.fork is not None else found


def shared(known: KnownTerm, fork: Position | None) -> Position | None:
    """The last position this desk's history shares with the new one; None where nobody can say.

    A fork in a term that this desk never knew tells where two other histories parted.
    """
    return fork if fork is not None and fork.term <= known.term else None


def lost(known: KnownTerm, fork: Position | None) -> bool:
    """Whether rows this desk has mirrored lie beyond what both histories share."""
    return known.position is not None and (fork is None or known.position > fork)


def has_unknown_verdicts(tx: ReadTx, service: Service, position: Position) -> bool:
    """Whether central has accepted something that the history it shows now cannot hold.

    Asked by a desk that has mirrored nothing yet, and so knows no term: what it sent before may
    have been accepted in a history that is gone.
    """
    return any(
        one.verdict_position is not None
        and (one.verdict_position.term < position.term or one.verdict_position > position)
        for one in tx.outbox.journal(service, None)
    )
