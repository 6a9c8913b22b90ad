"""What works on this computer and what does not, with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from app import main, profiles
from app.domain.central_services import Service
from app.domain.errors import CentralUnavailable, OffhookError
from app.ports.central import SignInNeeded
from app.ports.store import Store
from app.providers.phones import LibPhoneNumbers
from app.services.desk import Desk, Tools
from local_store.health import TAKEN_HERE

_LIBRARIES = ("EGL", "xkbcommon", "fontconfig", "dbus-1", "xcb-cursor", "xkbcommon-x11")
"""Without these Qt's window does not open on Linux; packaging/system-packages.txt names them."""


async def examine(profile: Path, passphrase_file: Path | None) -> dict[str, object]:
    """Findings by part; never raises for what is wrong, since saying so is its job.

    Where another program has the profile nothing is said of the store: it may answer for itself.
    """
    found: dict[str, object] = {
        "profile": profile.name,
        "libraries_missing": _missing_libraries(),
        "keyring": _keyring(),
        "free_mb": profiles.PLATFORM.free_bytes(_existing(profile)) // 1_000_000,
    }
    with ExitStack() as closing:
        try:
            profiles.require_enrolled(profile)
            if not closing.enter_context(profiles.lock(profile)):
                return found
            store = profiles.open_store(profile, passphrase_file, closing)
            findings = list(await store.check())
            found["store"] = findings or "healthy"
            if findings:
                found["todo"] = what_to_do(findings)
            found |= await _ways_to_central(store)
        except OffhookError as problem:
            found["store"] = problem.sentence()
    return found


async def _ways_to_central(store: Store) -> dict[str, object]:
    desk = await Desk.open(store, Tools(profiles.CLOCK, profiles.IDS, LibPhoneNumbers()))
    client = main.client_of(desk)
    offset = await store.read(lambda tx: tx.desk.clock_offset())
    endpoints: dict[str, object] = {}
    try:
        for service in Service:
            try:
                health = await client.probe(service)
                endpoints[service.value] = {"answers": True, "seconds": round(health.took_s, 3)}
                offset = (health.offset_ms, profiles.CLOCK.now())
            except (CentralUnavailable, SignInNeeded) as problem:
                cause = getattr(problem, "cause", "sign in")
                endpoints[service.value] = {"answers": False, "why": str(cause)}
    finally:
        await client.close()
    return {"clock_offset_ms": offset[0] if offset else None, "endpoints": endpoints}


def what_to_do(findings: Sequence[str]) -> str:
    """Pages that do not verify are damage; what does not fit what they say is put right.

    What central does not have yet it cannot put right.
    """
    if any("integrity_check" in one or TAKEN_HERE in one for one in findings):
        return "offhook restore --from-journal"
    return "offhook parity"


def _missing_libraries() -> list[str]:
    return [name for name in _LIBRARIES if not profiles.PLATFORM.has_library(name)]


def _keyring() -> str:
    try:
        return profiles.keyring().describe()
    except OffhookError as problem:
        return problem.sentence()


def _existing(path: Path) -> Path:
    return next(one for one in (path, *path.absolute().parents) if one.exists())
