#!/bin/sh
# Reads the words of the screens into resources/i18n/*.ts and compiles them to .qm.
# Needs the tools of PySide6-Essentials on the PATH (.venv/bin).
set -eu
cd "$(dirname "$0")/.."
sources=$(git ls-files 'ui/*.py' 'ui/**/*.py' | sort -u)
# shellcheck disable=SC2086  # one argument per file
pyside6-lupdate $sources -ts resources/i18n/offhook_de.ts \
    -source-language en -target-language de -no-obsolete -locations none
# shellcheck disable=SC2086
pyside6-lupdate $sources -ts resources/i18n/offhook_en.ts -pluralonly \
    -source-language en -target-language en -no-obsolete -locations none
for language in de en; do
    pyside6-lrelease "resources/i18n/offhook_$language.ts" -qm "resources/i18n/offhook_$language.qm"
done
