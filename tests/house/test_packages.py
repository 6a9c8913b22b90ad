"""What is packaged beside the program is there, well formed, and agrees with the rest."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app.central.client.contract_client import ClientSettings
from app.central.reference.__main__ import _parser as central_parser
from tests.house.sources import ROOT
from tests.support import balancers

PACKAGING = ROOT / "packaging"
BUILT = "dist/offhook/"
"""Made by `make package`."""


@dataclass(frozen=True, slots=True)
class Content:
    """One file or folder of the Debian package."""

    src: str
    dst: str
    kind: str


def contents() -> list[Content]:
    listed = _nfpm().partition("\ncontents:\n")[2]
    found = [
        Content(one[1], one[2], one[3] or "")
        for one in re.finditer(r"- src: (.+)\n +dst: (.+)\n(?: +type: (\w+)\n)?", listed)
    ]
    assert len(found) == listed.count("- src:")
    return found


def _nfpm() -> str:
    return (PACKAGING / "nfpm.yaml").read_text("utf-8")


def test_the_debian_package_needs_the_libraries_that_qt_loads() -> None:
    lines = (PACKAGING / "system-packages.txt").read_text("utf-8").splitlines()
    groups = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    needed = {package for group, package in groups if group in ("desk", "screen")}
    depends = re.search(r"^depends:\n((?:  - .+\n)+)", _nfpm(), re.MULTILINE)
    assert depends is not None
    assert {line.strip(" -") for line in depends[1].splitlines()} == needed
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"\nversion: {project['version']}\n" in _nfpm()


def test_everything_that_goes_into_the_debian_package_is_there() -> None:
    placed = [one.dst for one in contents()]
    assert len(placed) == len(set(placed))
    for one in contents():
        if one.kind == "symlink":
            assert any(one.src.startswith(place) for place in placed)
        elif one.src != BUILT:
            assert (ROOT / one.src).is_file(), one.src


def test_the_desktop_entry_starts_the_program_under_its_icon() -> None:
    entry = configparser.ConfigParser(interpolation=None, strict=True)
    entry.optionxform = str  # type: ignore[assignment,method-assign]  # as its documentation says
    entry.read(PACKAGING / "linux/offhook.desktop", encoding="utf-8")
    desktop = entry["Desktop Entry"]
    assert (desktop["Type"], desktop["Exec"], desktop["Icon"]) == ("Application", *["offhook"] * 2)
    assert "/usr/bin/offhook" in {one.dst for one in contents()}
    assert all(desktop[name].endswith(";") for name in ("Categories", "Keywords", "Keywords[de]"))
    translated = {name.partition("[")[0] for name in desktop if name.endswith("[de]")}
    assert translated == {"GenericName", "Comment", "Keywords"}


def test_the_metainfo_names_the_desktop_entry() -> None:
    root = ET.parse(PACKAGING / "linux/offhook.metainfo.xml").getroot()  # noqa: S314 - ours
    assert root.findtext("launchable") == "offhook.desktop"
    assert root.findtext("project_license") == "MIT"


def test_the_icon_is_a_drawing_without_outside_parts() -> None:
    root = ET.parse(ROOT / "resources/icons/offhook.svg").getroot()  # noqa: S314 - ours
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "rect", "path", "g", "circle"}


@pytest.mark.linux
def test_systemd_reads_the_unit(tmp_path: Path) -> None:
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("needs systemd-analyze")
    name = "offhook-central@.service"
    text = (PACKAGING / "systemd" / name).read_text("utf-8")
    unit = tmp_path / name
    unit.write_text(text.replace("/opt/offhook/bin/python", "/bin/true"), encoding="utf-8")
    done = subprocess.run(
        [verify, "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert "offhook" not in done.stderr, done.stderr


def test_the_unit_names_options_that_central_has_and_the_address_balancers_look_at() -> None:
    """Loopback unless the machine's own file says otherwise; the runbook names the same words."""
    unit = (PACKAGING / "systemd" / "offhook-central@.service").read_text("utf-8")
    line = next(one for one in unit.splitlines() if one.startswith("ExecStart="))
    words = shlex.split(line.removeprefix("ExecStart=").replace("%i", "8711"))
    assert words[:3] == ["/opt/offhook/bin/python", "-m", "app.central.reference"]
    found = central_parser().parse_args(words[3:])
    assert (found.host, found.port) == ("${BIND_ADDRESS}", 8711)
    assert unit.index("Environment=BIND_ADDRESS=127.0.0.1\n") < unit.index("EnvironmentFile=")
    machine = re.search(r"#   BIND_ADDRESS=(\S+)", unit)
    assert machine is not None
    assert f"OFFHOOK_CENTRAL_1={machine[1]}:8711" in balancers.CONFIGURATION.read_text("utf-8")
    assert "BIND_ADDRESS" in (ROOT / "docs" / "runbooks" / "outage.md").read_text("utf-8")


@pytest.mark.linux
def test_haproxy_reads_its_configuration() -> None:
    haproxy = balancers.program()
    if haproxy is None:
        pytest.skip("needs haproxy")
    places = {"OFFHOOK_BIND": "127.0.0.1:1", "OFFHOOK_CENTRAL_1": "127.0.0.1:2"}
    done = subprocess.run(
        [str(haproxy), "-c", "-f", str(balancers.CONFIGURATION)], capture_output=True, text=True,
        env=places | {"OFFHOOK_CENTRAL_2": "127.0.0.1:3"}, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr, done.stderr


def test_no_balancer_gives_up_before_a_desks_longest_poll_is_over() -> None:
    text = balancers.CONFIGURATION.read_text("utf-8")
    for side in ("client", "server"):
        found = re.search(rf"^ *timeout {side} (\d+)s$", text, re.MULTILINE)
        assert found is not None
        assert int(found[1]) >= 25 + ClientSettings().poll_grace_s
