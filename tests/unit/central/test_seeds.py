"""A seed that anybody can sign makes no desk: a person says whose organisation it must be."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app import seeding
from app.central.contract import seeds, wire
from app.domain.errors import Invalid

PASSPHRASE = b"a long passphrase"


def forged(folder: Path) -> tuple[Path, wire.Seed]:
    """A seed in perfect order, by somebody who calls their own key the organisation's."""
    key = Ed25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    seed = wire.Seed(
        made_at="2026-11-23T10:00:00Z", desk_id="desk", desk_name="Van", desk_code="K7",
        spare_codes=[], token="token", organisation_key=public,
        configuration=wire.SignedDocument("", ""), central_urls=[], snapshots={},
    )  # fmt: skip
    file = folder / "forged.seed"
    file.write_bytes(seeds.locked(seeds.signed(seed, key), PASSPHRASE, os.urandom))
    return file, seed


@pytest.mark.parametrize("named", [None, "", "0" * 40, "0000-" * 10])
async def test_a_seed_makes_no_desk_until_its_own_organisation_is_named(
    tmp_path: Path, named: str | None
) -> None:
    """Given no fingerprint or another one, then it is refused, says whose it is, and leaves
    nothing behind.
    """
    file, seed = forged(tmp_path)
    profile = tmp_path / "desk"
    with pytest.raises(Invalid, match=seeds.fingerprint(seed.organisation_key)):
        await seeding.enrol_from(seeding.SeedFile(file, PASSPHRASE, named), profile, None)
    assert not profile.exists()


def test_a_fingerprint_is_the_same_however_a_person_types_it(tmp_path: Path) -> None:
    _file, seed = forged(tmp_path)
    plain = seeds.fingerprint(seed.organisation_key).replace("-", "")
    for typed in (plain, plain.upper(), " ".join(plain[at : at + 4] for at in range(0, 40, 4))):
        seeds.require_fingerprint(seed, typed)
    for typed in (plain[:-1], plain[1:], plain + "0"):
        with pytest.raises(Invalid):
            seeds.require_fingerprint(seed, typed)
