"""The keyring slot: only named backends, and never a wait without a deadline."""

from __future__ import annotations

import threading

import pytest
from keyring import backend, errors
from keyring.backends import SecretService, Windows, chainer, fail, macOS, null

from app.domain.errors import SecretsUnavailable
from app.providers import keyring_slot
from app.providers.keyring_slot import KeyringSlot

SECRET = bytes(range(32))


class Ring(backend.KeyringBackend):
    """A keyring in memory that does what a test says."""

    priority = 1.0

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's
        self.kept: dict[tuple[str, str], str] = {}
        self.raises: Exception | None = None
        self.forgets = False
        self.hangs: threading.Event | None = None

    def get_password(self, service: str, username: str) -> str | None:
        self._trouble()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._trouble()
        if not self.forgets:
            self.kept[service, username] = password

    def _trouble(self) -> None:
        if self.hangs is not None:
            self.hangs.wait(30)
        if self.raises is not None:
            raise self.raises


@pytest.fixture
def ring() -> Ring:
    return Ring()


def slot(ring: Ring | None, deadline_s: float = 20.0) -> KeyringSlot:
    return KeyringSlot(deadline_s, choose=lambda: ring)


def test_what_is_put_in_comes_out(ring: Ring) -> None:
    slot(ring).put("name", SECRET)
    assert slot(ring).get("name") == SECRET
    assert slot(ring).get("other") is None
    assert SECRET.hex() not in str(ring.kept)


@pytest.mark.parametrize(
    "error",
    [
        errors.KeyringLocked("locked"),
        errors.InitError("no service"),
        errors.PasswordSetError("dismissed"),
        OSError("gone"),
        RuntimeError("anything"),
    ],
)
def test_a_keyring_that_fails_is_unavailable_and_never_silent(ring: Ring, error: Exception) -> None:
    ring.raises = error
    with pytest.raises(SecretsUnavailable) as caught:
        slot(ring).get("name")
    assert caught.value.safe
    assert caught.value.todo
    with pytest.raises(SecretsUnavailable):
        slot(ring).put("name", SECRET)


def test_one_that_forgets_what_it_was_given_does_not_hold(ring: Ring) -> None:
    ring.forgets = True
    with pytest.raises(SecretsUnavailable):
        slot(ring).put("name", SECRET)


def test_one_that_hangs_is_given_up(ring: Ring) -> None:
    ring.hangs = threading.Event()
    with pytest.raises(SecretsUnavailable, match="in time"):
        slot(ring, deadline_s=0.05).get("name")
    ring.hangs.set()


def test_something_else_under_the_name_is_no_key(ring: Ring) -> None:
    ring.kept["offhook", "name"] = "not base64!"
    with pytest.raises(SecretsUnavailable):
        slot(ring).get("name")


def test_no_trusted_keyring_means_none_at_all() -> None:
    nothing = slot(None)
    with pytest.raises(SecretsUnavailable):
        nothing.put("name", SECRET)
    assert nothing.describe() == "none that is trusted"


def test_null_chaining_and_failing_backends_are_never_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("null.Keyring", "chainer.ChainerBackend", "fail.Keyring"):
        monkeypatch.setenv("PYTHON_KEYRING_BACKEND", f"keyring.backends.{name}")
        chosen = keyring_slot._trusted()
        assert not isinstance(chosen, null.Keyring | chainer.ChainerBackend | fail.Keyring)
    kinds = (SecretService.Keyring, Windows.WinVaultKeyring, macOS.Keyring)
    assert len(keyring_slot._TRUSTED) == len(kinds)
    assert all(map(issubclass, keyring_slot._TRUSTED, kinds))
