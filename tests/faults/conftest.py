"""What the fault tests share: room in memory, and the figures they print."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import pytest_asyncio

from tests.support.desk_in_process import desk_in_process
from tests.support.fault_bench import Bench
from tests.support.figures import Figures
from tests.support.programs import Central, DeskProgram
from tests.support.tcp_proxy import TcpProxy


@pytest.fixture
def figures(request: pytest.FixtureRequest) -> Figures:
    """Lines for the end of the run."""
    return Figures(request.node.user_properties)


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder in memory, where there is a file system of it: thousands of disks are laid down."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    with TemporaryDirectory(prefix="offhook-", dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture(scope="module")
def behind_a_proxy(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Central, TcpProxy, DeskProgram]]:
    """One central and one desk for all tests of a module; each looks at its own tickets."""
    folder = tmp_path_factory.mktemp("lost")
    program = DeskProgram(folder / "desk")
    with Central(folder / "central") as central, TcpProxy(central.port) as proxy:
        program.enrol([proxy.url])
        yield central, proxy, program


@pytest_asyncio.fixture
async def bench(behind_a_proxy: tuple[Central, TcpProxy, DeskProgram]) -> AsyncIterator[Bench]:
    central, proxy, program = behind_a_proxy
    proxy.forget()
    async with desk_in_process(program.profile, program.secret) as desk:
        await desk.sync()
        yield Bench(central, proxy, desk)
