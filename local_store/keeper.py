"""What was decided here kept a second and a third time: the journal, and its second place."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from app.domain.errors import EnvironmentFault, StoreFault
from app.domain.views import SecondCopy
from app.ports.store import DeskIdentity
from app.ports.system import Platform
from local_store import journal_file
from local_store.copier import Copier
from local_store.evidence_files import EvidenceFiles, KeptFile
from local_store.journal_file import JournalEntry, JournalFile, condensed
from local_store.second_place import Chosen, SecondPlace, folder_name


class Keeper:
    """One profile's. What was committed stays committed, whether these take it or not."""

    def __init__(
        self, profile: Path, key: bytes, platform: Platform, seconds: Callable[[], float]
    ) -> None:
        self._profile = profile
        self._key = key
        self._platform = platform
        self._seconds = seconds
        self._journal = JournalFile(profile, key, platform)
        self._files = EvidenceFiles(profile, key, platform)
        self._lock = threading.Lock()
        self._copier: Copier | None = None
        self._is_chosen = False
        self.trouble = ""
        """Why the journal beside the store is behind; empty while it is not."""

    # --- the journal -----------------------------------------------------------------------

    def append(self, entries: Sequence[JournalEntry]) -> None:
        """Note what a commit decided."""
        self._try("written", lambda: self._journal.append(entries))
        if entries and self._copier is not None:
            self._copier.committed()

    def sync(self) -> None:
        """Make it durable."""
        self._try("synced", self._journal.sync)

    def entries(self) -> list[JournalEntry]:
        """All that stands in it. Raises StoreDamaged, OSError."""
        return list(journal_file.read(self._profile, self._key))

    def rewrite(self, choose: Callable[[], Callable[[JournalEntry], bool]]) -> bool:
        """Leave out what is not kept, here and at the second place; whether that was possible.

        What is kept is chosen while nothing can be appended. It must not wait for the writer.
        """

        def write() -> None:
            self._journal.sync()
            kept = choose()
            self._journal.rewrite(condensed(one for one in self.entries() if kept(one)))

        done = self._try("rewritten", write)
        if self._copier is not None:
            self._copier.committed()
        return done

    # --- evidence --------------------------------------------------------------------------

    def keep_files(self, files: Sequence[KeptFile]) -> None:
        """Seal the files of evidence a commit kept."""
        for one in files:
            self._try("kept with its evidence", functools.partial(self._files.keep, one))
        if files and self._copier is not None:
            self._copier.committed()

    def put_files_right(
        self, known: frozenset[str], file_of: Callable[[str], KeptFile | None]
    ) -> None:
        """Seal what a kill or a full disk left out; what the store has no more goes here too."""
        moved = False

        def work() -> None:
            nonlocal moved
            moved = self._files.put_right(known, file_of)

        self._try("kept with its evidence", work)
        if moved and self._copier is not None:
            self._copier.committed()

    def _try(self, what: str, work: Callable[[], None]) -> bool:
        try:
            with self._lock:
                work()
        except (OSError, StoreFault) as error:
            self.trouble = f"the journal could not be {what}: {type(error).__name__}"
            return False
        self.trouble = ""
        return True

    # --- the second place ------------------------------------------------------------------

    def choose(self, chosen: Chosen, identity: DeskIdentity) -> None:
        """Keep the second copy there from now on; the first call counts, later ones are free."""
        if self._is_chosen:
            return
        self._is_chosen = True
        if chosen.folder:
            place = self._place(chosen, identity)
            self._copier = Copier(place, chosen.folder, self._seconds)

    @property
    def is_chosen(self) -> bool:
        return self._is_chosen

    def move(self, chosen: Chosen, identity: DeskIdentity) -> None:
        """Keep it there instead, with a first copy made at once. Raises EnvironmentFault."""
        if chosen.folder:
            try:
                self._place(chosen, identity).bring_up_to_date()
            except OSError as error:
                raise EnvironmentFault(
                    "The second copy could not be written there.",
                    safe="Nothing was changed.",
                    todo="Name a folder that exists and can be written, outside the profile.",
                ) from error
        former, self._copier, self._is_chosen = self._copier, None, False
        if former is not None:
            former.stop()
            if former.standing().folder != chosen.folder:
                former.take_away()
        self.choose(chosen, identity)

    def standing(self) -> SecondCopy:
        """How the second copy stands, after a first look at its place."""
        return SecondCopy() if self._copier is None else self._copier.standing(patiently=True)

    def _place(self, chosen: Chosen, identity: DeskIdentity) -> SecondPlace:
        name = folder_name(identity.desk_id, identity.incarnation)
        return SecondPlace(self._profile, chosen, name, self._platform)

    def close(self) -> None:
        """Sync, let go of the file, and give the second place what it has not."""
        self._try("closed", self._journal.close)
        if self._copier is not None:
            self._copier.stop()
