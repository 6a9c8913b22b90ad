"""Where a desk's profile lies, and what a machine-wide file pins."""

from __future__ import annotations

import os
import sys
import tomllib
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from platformdirs import site_config_path, user_data_path

from app.domain.errors import Invalid

MACHINE_FILE = "OFFHOOK_MACHINE_FILE"
"""Environment variable that names another machine-wide file."""
PROFILE = "OFFHOOK_PROFILE"
"""Environment variable that names the profile where no --profile is given."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """What the machine-wide file sets for everybody on this computer; it goes before anything."""

    profile: Path | None = None
    proxy: str | None = None
    ca_file: Path | None = None
    system_trust: bool = True
    """Trust the operating system's certificates, as a company's machines expect."""
    origins: dict[str, str] = field(default_factory=dict)


def machine_file() -> Path:
    """The machine-wide file, whether it exists or not."""
    named = os.environ.get(MACHINE_FILE)
    return Path(named) if named else site_config_path("offhook") / "offhook.toml"


def pinned() -> Pinned:
    """Read the machine-wide file. Raises Invalid where it is not TOML of ours."""
    path = machine_file()
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Pinned()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(f"{path} cannot be read.", todo="Mend it or remove it.") from error
    ca_file = table.get("ca_file")
    profile = table.get("profile")
    return Pinned(
        profile=Path(profile) if profile else None,
        proxy=table.get("proxy"),
        ca_file=Path(ca_file) if ca_file else None,
        system_trust=bool(table.get("system_trust", True)),
        origins={name: str(path) for name in table},
    )


def profile_folder(given: Path | None, pins: Pinned) -> Path:
    """The profile to work in: pinned, given, from the environment, else this user's own."""
    if pins.profile is not None:
        return pins.profile
    if given is not None:
        return given.expanduser()
    named = os.environ.get(PROFILE)
    return Path(named) if named else user_data_path("offhook") / "desk"


def program(*words: str) -> list[str]:
    """The command line that runs this program again, frozen or not."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable, *words] if frozen else [sys.executable, "-m", "app", *words]


def program_version() -> str:
    """The installed version, or the one in the tree when run from a checkout."""
    try:
        return version("offhook")
    except PackageNotFoundError:
        return "0.1.0"


def demo_folder() -> Path:
    """Where the demo keeps its own central and its own desk, apart from real work."""
    return user_data_path("offhook") / "demo"
