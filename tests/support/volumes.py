"""What a disk holds and what may happen to it: files, folders and the events that change them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = 0
"""The number of the folder everything lies in."""


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes put into a file."""

    node: int
    offset: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Resize:
    """A file cut or extended with zeros."""

    node: int
    size: int


@dataclass(frozen=True, slots=True)
class Enter:
    """A name appears in a folder (a new file, folder or link)."""

    node: int
    name: str
    target: int


@dataclass(frozen=True, slots=True)
class Leave:
    """A name goes away from a folder."""

    node: int
    name: str


@dataclass(frozen=True, slots=True)
class Move:
    """A name moves, at once or not at all; durable with the folder it arrives in."""

    node: int
    name: str
    target: int
    from_node: int
    from_name: str


@dataclass(frozen=True, slots=True)
class Sync:
    """A file or folder (None: all of them) is on the disk as it was when the call began."""

    node: int | None
    covers: int
    """Events before this index were finished when the call began."""


@dataclass(frozen=True, slots=True)
class Said:
    """A line on standard output: what the program has acknowledged."""

    text: str


Change = Write | Resize | Enter | Leave | Move
Event = Change | Sync | Said


class Volume:
    """Files and folders by number; copies are cheap until they are changed."""

    def __init__(self) -> None:
        self._files: dict[int, bytes | bytearray] = {}
        self._folders: dict[int, dict[str, int]] = {ROOT: {}}
        self._own: set[int] = {ROOT}

    @classmethod
    def of(cls, folder: Path) -> tuple[Volume, dict[str, int]]:
        """What lies in a folder now, and the number of each path relative to it."""
        volume, numbers = cls(), {"": ROOT}
        for path in sorted(folder.rglob("*")):
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                continue
            name = path.relative_to(folder).as_posix()
            numbers[name] = len(numbers)
            parent = numbers[_parent(name)]
            volume.make(numbers[name], folder=path.is_dir())
            volume.apply(Enter(parent, path.name, numbers[name]))
            if path.is_file():
                volume.apply(Write(numbers[name], 0, path.read_bytes()))
        return volume, numbers

    def make(self, node: int, *, folder: bool) -> None:
        """A new file or folder, without a name yet."""
        self._own.add(node)
        if folder:
            self._folders[node] = {}
        else:
            self._files[node] = bytearray()

    def copy(self) -> Volume:
        """The same content; changing either leaves the other alone."""
        other = Volume()
        other._files = dict(self._files)
        other._folders = dict(self._folders)
        other._own = set()
        self._own = set()
        return other

    def size(self, node: int) -> int:
        return len(self._files[node])

    def content(self, node: int) -> bytes:
        return bytes(self._files[node])

    def apply(self, change: Change) -> None:
        """Let one change happen. A name that is not there leaves without a trace."""
        match change:
            case Write(node, offset, data):
                file = self._writable(node)
                if len(file) < offset:
                    file.extend(bytes(offset - len(file)))
                file[offset : offset + len(data)] = data
            case Resize(node, size):
                file = self._writable(node)
                del file[size:]
                file.extend(bytes(size - len(file)))
            case Enter(node, name, target):
                self._entries(node)[name] = target
            case Leave(node, name):
                self._entries(node).pop(name, None)
            case Move(node, name, target, from_node, from_name):
                self._entries(from_node).pop(from_name, None)
                self._entries(node)[name] = target

    def _writable(self, node: int) -> bytearray:
        file = self._files[node]
        if node not in self._own or not isinstance(file, bytearray):
            file = bytearray(file)
            self._files[node] = file
            self._own.add(node)
        return file

    def _entries(self, node: int) -> dict[str, int]:
        if node not in self._own:
            self._folders[node] = dict(self._folders[node])
            self._own.add(node)
        return self._folders[node]

    def files(self) -> Mapping[str, bytes | bytearray]:
        """Every file that can be reached from the root by a name."""
        return dict(self._walk(ROOT, PurePosixPath()))

    def folders(self) -> list[str]:
        """Every folder below the root, outer ones first."""
        found: list[str] = []
        waiting = [(ROOT, PurePosixPath())]
        for node, path in waiting:
            for name, target in sorted(self._folders[node].items()):
                if target in self._folders:
                    found.append(str(path / name))
                    waiting.append((target, path / name))
        return found

    def nodes_named(self, ending: str) -> set[int]:
        """The files whose name ends like that."""
        return {
            target
            for entries in self._folders.values()
            for name, target in entries.items()
            if name.endswith(ending) and target in self._files
        }

    def _walk(self, node: int, path: PurePosixPath) -> Iterator[tuple[str, bytes | bytearray]]:
        for name, target in self._folders[node].items():
            if target in self._folders:
                yield from self._walk(target, path / name)
            else:
                yield str(path / name), self._files[target]

    def write_to(self, folder: Path, without: Collection[str] = ()) -> None:
        """Lay everything down in an empty folder, except files of those names."""
        for name in self.folders():
            (folder / name).mkdir()
        for name, data in self.files().items():
            if name not in without:
                (folder / name).write_bytes(data)


def _parent(name: str) -> str:
    return name.rpartition("/")[0]
