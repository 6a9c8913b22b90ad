"""Records what a real command writes and syncs in a folder, by strace."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.volumes import Enter, Event, Leave, Move, Resize, Said, Sync, Volume, Write

TRACED = (
    "open,openat,creat,pwrite64,write,writev,pwritev,pwritev2,ftruncate,truncate,fallocate,"
    "rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,mkdir,mkdirat,rmdir,"
    "fsync,fdatasync,sync,syncfs,msync,close,dup,dup2,dup3,fcntl,lseek,sendfile,"
    "copy_file_range,clone,clone3,fork,vfork,mmap,chdir,fchdir"
)
_LONGEST_STRING = 1 << 22
_LINE = re.compile(r"^(\d+) +(.*)$")
_CALL = re.compile(r"^(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+|\?)")
_UNFINISHED = re.compile(r"^(\w+)\((.*) <unfinished \.\.\.>$")
_RESUMED = re.compile(r"^<\.\.\. (\w+) resumed>(.*)$")
_DESCRIPTOR = re.compile(r"^(-?\d+|AT_FDCWD)(?:<(.*)>(\(deleted\))?)?$")
REBUILT_BY_SQLITE = "-shm"
"""The index of a write-ahead log: mapped memory, thrown away and rebuilt after a crash."""


class RecorderLost(AssertionError):
    """The recording shows something this recorder does not follow; nothing may be built on it."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A folder as it was, and everything that happened in it, in order."""

    before: Volume
    events: tuple[Event, ...]
    new_nodes: Mapping[int, bool]
    """Made during the recording: number → whether it is a folder."""
    code: int
    out: str
    err: str

    def fresh(self) -> Volume:
        """The folder as it was, with room for what will be made."""
        volume = self.before.copy()
        for node, folder in self.new_nodes.items():
            volume.make(node, folder=folder)
        return volume

    def after(self) -> Volume:
        """The folder as it must be at the end."""
        volume = self.fresh()
        for event in self.events:
            if not isinstance(event, Sync | Said):
                volume.apply(event)
        return volume


def record(
    command: Sequence[str],
    folder: Path,
    log: Path,
    *,
    cwd: Path,
    env: Mapping[str, str],
    timeout_s: float = 120.0,
) -> Recording:
    """Run a command under strace; what it did in `folder`, checked against the folder itself.

    Raises RecorderLost where the events do not rebuild the folder bit for bit.
    """
    folder = folder.resolve()
    before, numbers = Volume.of(folder)
    strace = shutil.which("strace")
    assert strace is not None, "strace is not installed (packaging/system-packages.txt)"
    done = subprocess.run(
        [
            strace, "-f", "-y", "-x", "--seccomp-bpf", "-qq", "-s", str(_LONGEST_STRING),
            "-o", str(log), "-e", f"trace={TRACED}", "--", *command,
        ],
        capture_output=True, text=True, timeout=timeout_s, cwd=cwd, env=dict(env), check=False,
    )  # fmt: skip
    reader = _Reader(folder, cwd.resolve(), before, numbers)
    with log.open(encoding="ascii") as lines:
        for call in _in_order(_calls(lines)):
            reader.take(call)
    recording = Recording(
        before, tuple(reader.events), dict(reader.made), done.returncode, done.stdout, done.stderr
    )
    must_rebuild(recording, folder)
    return recording


def must_rebuild(recording: Recording, folder: Path) -> None:
    """Raise RecorderLost unless the events give the folder's present files, bit for bit."""
    rebuilt = _durable_files(recording.after())
    present = _durable_files(Volume.of(folder)[0])
    differing = sorted(
        name for name in rebuilt.keys() | present.keys() if rebuilt.get(name) != present.get(name)
    )
    if differing:
        raise RecorderLost(f"not rebuilt bit for bit: {', '.join(differing)}")


def _durable_files(volume: Volume) -> dict[str, bytes]:
    return {
        name: bytes(data)
        for name, data in volume.files().items()
        if not name.endswith(REBUILT_BY_SQLITE)
    }


# --- the lines of strace -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Call:
    """One finished system call: the lines where it began and ended, and what it gave."""

    pid: int
    name: str
    arguments: str
    result: int
    began: int
    ended: int


def _calls(lines: Iterator[str]) -> Iterator[_Call]:
    open_calls: dict[int, tuple[int, str]] = {}
    for number, line in enumerate(lines):
        found = _LINE.match(line.rstrip("\n"))
        if found is None:
            raise RecorderLost(f"not a line of strace: {line[:120]!r}")
        pid, text = int(found[1]), found[2]
        if text.startswith(("---", "+++")):
            continue
        unfinished = _UNFINISHED.match(text)
        if unfinished is not None:
            open_calls[pid] = (number, f"{unfinished[1]}({unfinished[2]}")
            continue
        began = number
        resumed = _RESUMED.match(text)
        if resumed is not None:
            began, start = open_calls.pop(pid)
            text = start + resumed[2]
        call = _CALL.match(text)
        if call is None:
            raise RecorderLost(f"not a call: {text[:120]!r}")
        if call[3] != "?":
            yield _Call(pid, call[1], call[2], int(call[3], 0), began, number)


def _in_order(calls: Iterator[_Call]) -> list[_Call]:
    """By their end; a new process by its beginning, before anything it does itself."""
    return sorted(calls, key=lambda one: one.began if one.name in _NEW_PROCESS else one.ended)


_NEW_PROCESS = frozenset({"clone", "clone3", "fork", "vfork"})


_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[^"\[\]{}()<>,]+|.')


def split_arguments(text: str) -> list[str]:
    """The arguments of a call as strace prints them: commas inside strings and brackets stay."""
    parts, depth = [""], 0
    for token in _TOKEN.findall(text):
        if token == "," and depth == 0:
            parts.append("")
            continue
        if token in ("[", "{", "(", "<"):
            depth += 1
        elif token in ("]", "}", ")", ">"):
            depth = max(0, depth - 1)
        parts[-1] += token
    return [part.strip() for part in parts]


def string_of(argument: str) -> bytes:
    """The bytes of a quoted argument. Raises RecorderLost where strace cut it short."""
    if not argument.startswith('"') or not argument.endswith('"'):
        raise RecorderLost(f"a string was cut or is none: {argument[:60]!r}")
    inner = argument[1:-1]
    if inner.startswith("\\x") and len(inner) % 4 == 0:
        return bytes.fromhex(inner.replace("\\x", ""))
    return inner.encode("ascii").decode("unicode_escape").encode("latin-1")


# --- following descriptors and names -------------------------------------------------------------


@dataclass(slots=True)
class _Open:
    """An open file description; shared by every descriptor that was duplicated from it."""

    node: int
    append: bool
    offset: int = 0


@dataclass(slots=True)
class _Process:
    folder: str
    """Where it works; relative names start there."""
    descriptors: dict[int, _Open] = field(default_factory=dict)


class _Reader:
    """Turns calls into events of one folder."""

    def __init__(self, folder: Path, cwd: Path, before: Volume, numbers: Mapping[str, int]) -> None:
        self._folder = str(folder)
        self._cwd = self._here = str(cwd)
        self._paths = dict(numbers)
        self._volume = before.copy()
        self._processes: dict[int, _Process] = {}
        self._ended: list[int] = []
        self._line = 0
        self.events: list[Event] = []
        self.made: dict[int, bool] = {}
        self._next = len(numbers)

    def take(self, call: _Call) -> None:
        """Note one call; failed ones changed nothing."""
        self._line = call.ended
        process = self._processes.setdefault(call.pid, _Process(self._cwd))
        if call.result < 0:
            return
        if call.name in _NEW_PROCESS:
            shared = "CLONE_FILES" in call.arguments
            self._processes[call.result] = (
                process if shared else _Process(process.folder, dict(process.descriptors))
            )
            return
        self._here = process.folder
        step = getattr(self, f"_on_{call.name}", None)
        if step is not None:
            step(process, call, split_arguments(call.arguments))

    # --- opening and closing

    def _on_openat(self, process: _Process, call: _Call, words: list[str]) -> None:
        self._opened(process, call, self._path(words[1], words[0]), words[2])

    def _on_open(self, process: _Process, call: _Call, words: list[str]) -> None:
        self._opened(process, call, self._path(words[0]), words[1])

    def _on_creat(self, process: _Process, call: _Call, words: list[str]) -> None:
        self._opened(process, call, self._path(words[0]), "O_WRONLY|O_CREAT|O_TRUNC")

    def _opened(self, process: _Process, call: _Call, path: str | None, flags: str) -> None:
        process.descriptors.pop(call.result, None)
        if path is None:
            return
        if "SYNC" in flags:
            raise RecorderLost(f"a file is opened with {flags}")
        node = self._paths.get(path)
        if node is None:
            node = self._create(path, folder=False)
        elif "O_TRUNC" in flags and self._volume.size(node):
            self._note(Resize(node, 0))
        process.descriptors[call.result] = _Open(node, "O_APPEND" in flags)

    def _on_close(self, process: _Process, _call: _Call, words: list[str]) -> None:
        process.descriptors.pop(_number(words[0]), None)

    def _on_dup(self, process: _Process, call: _Call, words: list[str]) -> None:
        self._duplicate(process, _number(words[0]), call.result)

    _on_dup2 = _on_dup3 = _on_dup

    def _on_fcntl(self, process: _Process, call: _Call, words: list[str]) -> None:
        if words[1].startswith("F_DUPFD"):
            self._duplicate(process, _number(words[0]), call.result)

    @staticmethod
    def _duplicate(process: _Process, old: int, new: int) -> None:
        process.descriptors.pop(new, None)
        if old in process.descriptors:
            process.descriptors[new] = process.descriptors[old]

    def _on_lseek(self, process: _Process, call: _Call, words: list[str]) -> None:
        if (opened := process.descriptors.get(_number(words[0]))) is not None:
            opened.offset = call.result

    # --- writing

    def _on_write(self, process: _Process, call: _Call, words: list[str]) -> None:
        number = _number(words[0])
        opened = process.descriptors.get(number)
        if opened is None:
            if number == 1:
                data = string_of(words[1])[: call.result]
                self._add(Said(data.decode("utf-8", "replace")))
            return
        self._written(opened, words[0], string_of(words[1])[: call.result])

    def _written(self, opened: _Open, descriptor: str, data: bytes) -> None:
        self._agree(opened.node, descriptor)
        if opened.append:
            opened.offset = self._volume.size(opened.node)
        self._note(Write(opened.node, opened.offset, data))
        opened.offset += len(data)

    def _on_pwrite64(self, process: _Process, call: _Call, words: list[str]) -> None:
        opened = process.descriptors.get(_number(words[0]))
        if opened is not None:
            self._agree(opened.node, words[0])
            data = string_of(words[1])[: call.result]
            self._note(Write(opened.node, int(words[3]), data))

    def _on_writev(self, process: _Process, call: _Call, words: list[str]) -> None:
        opened = process.descriptors.get(_number(words[0]))
        if opened is not None:
            data = b"".join(string_of(one) for one in re.findall(r'iov_base=("[^"]*")', words[1]))
            self._written(opened, words[0], data[: call.result])

    def _on_pwritev(self, process: _Process, _call: _Call, words: list[str]) -> None:
        if _number(words[0]) in process.descriptors:
            raise RecorderLost("pwritev is not followed")

    _on_pwritev2 = _on_pwritev

    def _on_ftruncate(self, process: _Process, _call: _Call, words: list[str]) -> None:
        if (opened := process.descriptors.get(_number(words[0]))) is not None:
            self._note(Resize(opened.node, int(words[1])))

    def _on_truncate(self, _process: _Process, _call: _Call, words: list[str]) -> None:
        if (path := self._path(words[0])) is not None:
            self._note(Resize(self._paths[path], int(words[1])))

    def _on_fallocate(self, process: _Process, _call: _Call, words: list[str]) -> None:
        if (opened := process.descriptors.get(_number(words[0]))) is not None:
            if words[1] != "0":
                raise RecorderLost(f"fallocate with {words[1]}")
            size = max(self._volume.size(opened.node), int(words[2]) + int(words[3]))
            self._note(Resize(opened.node, size))

    def _on_mmap(self, process: _Process, _call: _Call, words: list[str]) -> None:
        if "MAP_SHARED" not in words[3] or "PROT_WRITE" not in words[2]:
            return
        opened = process.descriptors.get(_number(words[4]))
        if opened is not None and not self._path_of(opened.node).endswith(REBUILT_BY_SQLITE):
            raise RecorderLost("a file is written through mapped memory")

    def _on_sendfile(self, process: _Process, call: _Call, words: list[str]) -> None:
        place = None if words[2] == "NULL" else int(words[2].split("]")[0].strip("["))
        self._copied(process, call, (words[1], place), (words[0], None))

    def _on_copy_file_range(self, process: _Process, call: _Call, words: list[str]) -> None:
        if words[1] != "NULL" or words[3] != "NULL":
            raise RecorderLost("copy_file_range with places of its own")
        self._copied(process, call, (words[0], None), (words[2], None))

    def _copied(
        self,
        process: _Process,
        call: _Call,
        source: tuple[str, int | None],
        target: tuple[str, int | None],
    ) -> None:
        into = process.descriptors.get(_number(target[0]))
        if into is None or call.result == 0:
            return
        out_of = process.descriptors.get(_number(source[0]))
        if out_of is None:
            raise RecorderLost(f"copied from outside the folder: {source[0]}")
        start = out_of.offset if source[1] is None else source[1]
        data = self._volume.content(out_of.node)[start : start + call.result]
        if source[1] is None:
            out_of.offset += call.result
        self._written(into, target[0], data)

    # --- syncing

    def _on_fsync(self, process: _Process, call: _Call, words: list[str]) -> None:
        if (opened := process.descriptors.get(_number(words[0]))) is not None:
            self._agree(opened.node, words[0])
            self._add(Sync(opened.node, self._covered(call)))

    _on_fdatasync = _on_fsync

    def _on_sync(self, _process: _Process, call: _Call, _words: list[str]) -> None:
        self._add(Sync(None, self._covered(call)))

    _on_syncfs = _on_sync

    def _covered(self, call: _Call) -> int:
        """How many events had ended when the call began."""
        covers = len(self.events)
        while covers and self._ended[covers - 1] > call.began:
            covers -= 1
        return covers

    # --- names

    def _on_chdir(self, process: _Process, _call: _Call, words: list[str]) -> None:
        process.folder = _normal(str(Path(process.folder, string_of(words[0]).decode())))

    def _on_fchdir(self, process: _Process, _call: _Call, words: list[str]) -> None:
        described = _DESCRIPTOR.match(words[0])
        assert described is not None
        process.folder = described[2]

    def _on_rename(self, _process: _Process, _call: _Call, words: list[str]) -> None:
        self._moved(self._path(words[0]), self._path(words[1]))

    def _on_renameat(self, _process: _Process, _call: _Call, words: list[str]) -> None:
        if len(words) > 4 and words[4] not in ("0", "RENAME_NOREPLACE"):
            raise RecorderLost(f"renameat2 with {words[4]}")
        self._moved(self._path(words[1], words[0]), self._path(words[3], words[2]))

    _on_renameat2 = _on_renameat

    def _moved(self, old: str | None, new: str | None) -> None:
        if old is None and new is None:
            return
        if old is None or new is None:
            raise RecorderLost("a rename crosses the folder's border")
        node = self._paths.pop(old)
        self._paths[new] = node
        for path in [one for one in self._paths if one.startswith(old + "/")]:
            self._paths[new + path[len(old) :]] = self._paths.pop(path)
        old_folder, old_name = self._place(old)
        folder, name = self._place(new)
        self._note(Move(folder, name, node, old_folder, old_name))

    def _on_unlink(self, _process: _Process, _call: _Call, words: list[str]) -> None:
        self._left(self._path(words[0]))

    _on_rmdir = _on_unlink

    def _on_unlinkat(self, _process: _Process, _call: _Call, words: list[str]) -> None:
        self._left(self._path(words[1], words[0]))

    def _left(self, path: str | None) -> None:
        if path is not None:
            del self._paths[path]
            self._note(Leave(*self._place(path)))

    def _on_mkdir(self, _process: _Process, _call: _Call, words: list[str]) -> None:
        if (path := self._path(words[0])) is not None:
            self._create(path, folder=True)

    def _on_mkdirat(self, _process: _Process, _call: _Call, words: list[str]) -> None:
        if (path := self._path(words[1], words[0])) is not None:
            self._create(path, folder=True)

    def _on_link(self, _process: _Process, _call: _Call, words: list[str]) -> None:
        self._linked(self._path(words[0]), self._path(words[1]))

    def _on_linkat(self, _process: _Process, _call: _Call, words: list[str]) -> None:
        self._linked(self._path(words[1], words[0]), self._path(words[3], words[2]))

    def _linked(self, old: str | None, new: str | None) -> None:
        if new is None:
            return
        if old is None:
            raise RecorderLost("a link crosses the folder's border")
        folder, name = self._place(new)
        self._paths[new] = self._paths[old]
        self._note(Enter(folder, name, self._paths[old]))

    def _on_symlink(self, _process: _Process, _call: _Call, words: list[str]) -> None:
        if self._path(words[-1], words[-2] if len(words) > 2 else "") is not None:
            raise RecorderLost("symbolic links are not followed")

    _on_symlinkat = _on_symlink

    def _create(self, path: str, *, folder: bool) -> int:
        node = self._next
        self._next += 1
        self._volume.make(node, folder=folder)
        self.made[node] = folder
        self._paths[path] = node
        parent, name = self._place(path)
        self._note(Enter(parent, name, node))
        return node

    def _place(self, path: str) -> tuple[int, str]:
        parent, _, name = path.rpartition("/")
        return self._paths[parent], name

    def _path(self, word: str, base: str = "") -> str | None:
        """The path below the folder, or None where it lies elsewhere."""
        text = string_of(word).decode()
        if not text.startswith("/"):
            described = _DESCRIPTOR.match(base)
            text = f"{described[2] if described else self._here}/{text}"
        text = _normal(text)
        if text == self._folder:
            return ""
        inside = text.startswith(self._folder + "/")
        return text[len(self._folder) + 1 :] if inside else None

    def _path_of(self, node: int) -> str:
        return next((path for path, one in self._paths.items() if one == node), "")

    def _agree(self, node: int, descriptor: str) -> None:
        """The kernel's own name for the descriptor is the one followed here."""
        described = _DESCRIPTOR.match(descriptor)
        if described is None or described[2] is None or described[3]:
            return
        path = described[2]
        mine = [one for one, number in self._paths.items() if number == node]
        if mine and path not in [_normal(f"{self._folder}/{one}") for one in mine]:
            raise RecorderLost(f"{descriptor} was followed as {mine}")

    def _note(self, change: Write | Resize | Enter | Leave | Move) -> None:
        self._volume.apply(change)
        self._add(change)

    def _add(self, event: Event) -> None:
        self.events.append(event)
        self._ended.append(self._line)


def _normal(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/" + "/".join(parts)


def _number(word: str) -> int:
    described = _DESCRIPTOR.match(word)
    return int(described[1]) if described is not None and described[1] != "AT_FDCWD" else -1
