"""Which language the screens speak: the system's, or the one a person chose."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

LANGUAGES = ("en", "de")


def use(app: QApplication, language: str) -> str:
    """Speak this language, or the system's where it is empty; which one it became."""
    wanted = language or QLocale.system().name().split("_")[0]
    chosen = wanted if wanted in LANGUAGES else LANGUAGES[0]
    QLocale.setDefault(_locale(chosen))
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    translator = QTranslator(app)
    if translator.load(str(files("resources").joinpath(f"i18n/offhook_{chosen}.qm"))):
        app.installTranslator(translator)
    return chosen


def _locale(language: str) -> QLocale:
    """The system's own variant of the language (de_AT), else its plain one."""
    system = QLocale.system()
    return system if system.name().startswith(language) else QLocale(language)
