"""Taking a catalog in from a file: looked at first, then exactly what was shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from app.domain.errors import OffhookError
from ui.problems import problems
from ui.session import Session
from ui.tasks import async_slot
from ui.views.catalog_import_form import ImportForm
from ui.views.model_acts import ModelActs


class CatalogImport(ModelActs):
    """What the import's form asks for."""

    def __init__(self, session: Session, form: ImportForm, parent: QObject) -> None:
        super().__init__(session, parent)
        self._form = form
        form.looked.connect(self._look_at)
        form.wanted.connect(self._take_in)

    @async_slot
    async def _look_at(self, path: str) -> None:
        care = self._session.opened.catalog
        try:
            preview = await care.preview(await care.read(Path(path)))
        except OffhookError as problem:
            self._form.refuse(problems.sentence(problem))
            return
        self._form.show_preview(preview)

    @async_slot
    async def _take_in(self) -> None:
        form, care, person = self._form, self._session.opened.catalog, self._session.person
        preview = form.preview
        if preview is None:
            return
        try:
            text = await care.read(Path(form.path.text().strip()))
            done = await care.apply(text, preview.digest, person)
        except OffhookError as problem:
            form.refuse(problems.sentence(problem))
            return
        form.close_form()
        self._tell(done, self.tr("Taken in from the file"))
