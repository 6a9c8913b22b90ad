"""Makes a working desk from a seed file while central is down."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app import profiles
from app.central.client import decoding
from app.central.contract import seeds, signing, wire
from app.domain.central_services import Service
from app.domain.desk_keys import DESK_KEY
from app.domain.errors import Invalid
from app.domain.feed import FeedPage, Rate, SnapshotPage
from app.domain.ids import Millis
from app.domain.seeding import SEED_SETTING
from app.domain.times import from_rfc3339
from app.ports.store import DeskIdentity, Store, WriteTx


@dataclass(frozen=True, slots=True)
class SeedFile:
    """Which seed, its passphrase, and whose it must be."""

    file: Path
    passphrase: bytes
    organisation: str | None
    """The fingerprint a person compared; without one nothing is made."""
    central: Sequence[str] = ()
    """Other addresses than the seed's own."""


async def enrol_from(seed_file: SeedFile, profile: Path, secret: Path | None) -> DeskIdentity:
    """Make the profile a desk: mirror, configuration and codes are there, central is not asked.

    The first code is used from a place drawn for this computer: a second one that began from the
    same seed never gives the same reference. Raises Invalid, the Store* errors.
    """
    seed = _read(seed_file)
    configuration = signing.verified(seed.configuration, seed.organisation_key)
    pages = {name: _pages(seed, name) for name in Service}
    store = profiles.create_store(profile, secret, configuration.recovery_key)
    try:
        identity = await _begin(store, seed, seed_file)
        at = from_rfc3339(seed.made_at)
        for service, some in pages.items():
            await _mirror(store, service, some, at)
        return identity
    finally:
        store.close_now()


def _read(seed_file: SeedFile) -> wire.Seed:
    try:
        content = seed_file.file.read_bytes()
    except OSError as error:
        raise Invalid("The seed file cannot be read.") from error
    seed = seeds.opened(content, seed_file.passphrase)
    seeds.require_fingerprint(seed, seed_file.organisation)
    return seed


def _pages(seed: wire.Seed, service: Service) -> list[SnapshotPage]:
    try:
        return [decoding.snapshot_page(one) for one in seed.snapshots.get(service.value, [])]
    except ValueError as error:
        raise Invalid("The seed's snapshot cannot be read.") from error


async def _begin(store: Store, seed: wire.Seed, seed_file: SeedFile) -> DeskIdentity:
    key, incarnation = Ed25519PrivateKey.generate(), profiles.IDS.new_id()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    urls = seed_file.central or seed.central_urls
    identity = DeskIdentity(
        desk_id=seed.desk_id,
        name=seed.desk_name,
        desk_code="",
        spare_codes=(seed.desk_code, *seed.spare_codes),
        incarnation=incarnation,
        credential="",
        organisation_key=seed.organisation_key,
        central_urls=tuple(url.rstrip("/") for url in urls),
        enrolled_at=profiles.CLOCK.now(),
    )

    def write(tx: WriteTx) -> DeskIdentity:
        tx.desk.keep_identity(identity)
        tx.desk.start_again(incarnation)
        tx.desk.keep_configuration(msgspec.json.encode(seed.configuration))
        tx.desk.set_setting(DESK_KEY, base64.b64encode(key.private_bytes_raw()).decode())
        tx.desk.set_setting(SEED_SETTING, {"token": seed.token, "public_key": public})
        return tx.desk.identity()

    return await store.write(write)


async def _mirror(
    store: Store, service: Service, pages: Sequence[SnapshotPage], at: Millis
) -> None:
    """As if central had sent it when the seed was made; the feed goes on from there."""
    if not pages:
        return
    for page in pages:
        await store.write(
            lambda tx, page=page: tx.mirror.apply_snapshot_page(service, page, at)  # type: ignore[misc]  # bound now
        )
    first = pages[0]
    caught_up = FeedPage(
        items=(),
        next_cursor=first.start_cursor,
        position=first.position,
        term_id=first.term_id,
        up_to_date=True,
        source_as_of=first.source_as_of,
        rate=Rate(0.0, 0.0),
        fork=None,
    )

    def swap(tx: WriteTx) -> None:
        tx.mirror.apply_page(service, caught_up, at)
        tx.mirror.swap_generation(service, at)
        tx.mirror.not_met(service)

    await store.write(swap)
