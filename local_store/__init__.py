"""The encrypted local store: mirror, outbox, drafts and search in one file per desk.

`local_store.profile` makes and opens it (`create`, `open_`); `local_store.keys` holds the slots
from which its key comes. Everything else is behind `app.ports.store.Store`.
"""
