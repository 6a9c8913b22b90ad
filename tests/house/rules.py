"""The house rules that no other tool knows, each as a function from a file to its findings."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.house.sources import Source

Findings = Iterator[tuple[int, str]]
"""Line numbers, each with what is wrong there."""

SHIPPED = ("app/", "local_store/", "resources/", "ui/")
PLATFORM_ADAPTER = "app/providers/platform.py"
THEME = "ui/theme.py"
PLAIN_TEXT = "ui/text.py"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where it holds, and how a breach is found."""

    name: str
    holds_in: Callable[[str], bool]
    find: Callable[[Source], Findings]

    def breaches(self, source: Source) -> list[str]:
        """The file's findings as `path:line: what`."""
        if not self.holds_in(source.path):
            return []
        return [f"{source.path}:{line}: {what}" for line, what in self.find(source)]


def shipped(path: str) -> bool:
    """True for code that leaves this repository, not for tests and build commands."""
    return path.startswith(SHIPPED)


def dotted(node: ast.AST) -> str:
    """`a.b.c` for a chain of attributes, and what is known of it otherwise."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def imported_modules(tree: ast.Module) -> Findings:
    """Each imported module's full name with its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module


def names_used(tree: ast.Module) -> Findings:
    """Each dotted name, those taken by `from x import y` as `x.y` too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.lineno, dotted(node)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Each call with the dotted name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node, dotted(node.func)


# --- platform -----------------------------------------------------------------------------------

PLATFORM_MODULES = re.compile(
    r"^(ctypes|fcntl|grp|msvcrt|nt|platform|posix|pty|pwd|resource|termios|winreg)(\.|$)"
)
PLATFORM_NAMES = re.compile(
    r"^(os\.(name|fork|forkpty|chmod|fchmod|lchmod|chown|umask|getuid|geteuid|getgid|kill|killpg"
    r"|setsid|setpgid|startfile|statvfs|fdatasync|posix_\w+|O_DIRECTORY|WNOHANG|sched_\w+|uname)"
    r"|sys\.(platform|getwindowsversion)|socket\.AF_UNIX|time\.(clock_gettime\w*|CLOCK_\w+)"
    r"|signal\.(SIGKILL|SIGHUP|SIGUSR\d|SIGCHLD|SIGALRM|SIGPIPE|CTRL_\w+|alarm|setitimer))$"
)


def platform_calls(source: Source) -> Findings:
    """Calls that exist, or mean the same, on one kind of system only."""
    for line, module in imported_modules(source.tree):
        if PLATFORM_MODULES.match(module):
            yield line, f"imports {module}; only {PLATFORM_ADAPTER} may"
    for line, name in names_used(source.tree):
        if PLATFORM_NAMES.match(name):
            yield line, f"uses {name}; only {PLATFORM_ADAPTER} may"
    for call, name in calls(source.tree):
        if name.endswith((".chmod", ".lchmod")) and not name.startswith("os."):
            yield call.lineno, f"calls {name}; only {PLATFORM_ADAPTER} may"


# --- docstrings and size ------------------------------------------------------------------------

LONGEST_FUNCTION = 50


def first_docstring_line(source: Source) -> Findings:
    """Every module says its one job in one line."""
    if not source.text.strip():
        yield 1, "is empty; a package says its job too"
        return
    first = (ast.get_docstring(source.tree) or "").partition("\n")[0]
    if not first:
        yield 1, "has no docstring that says its one job"
    elif not first.endswith((".", "?", "!")):
        yield 1, f"first docstring line is no sentence: {first!r}"


def long_functions(source: Source) -> Findings:
    """No function is longer than a screen."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            if length > LONGEST_FUNCTION:
                yield node.lineno, f"{node.name} has {length} lines, more than {LONGEST_FUNCTION}"


# --- words --------------------------------------------------------------------------------------

AVOIDED = re.compile(r"(?i)(helper|util|manager|misc|handler)s?$")


def avoided_names(source: Source) -> Findings:
    """Modules and classes are named after their job."""
    stem = source.path.rpartition("/")[2].removesuffix(".py")
    if AVOIDED.search(stem):
        yield 1, f"module name {stem} says nothing"
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef):
            if AVOIDED.search(node.name):
                yield node.lineno, f"class name {node.name} says nothing"
            if node.name.endswith("Model") and not _is_item_model(node):
                yield node.lineno, f"{node.name}: ...Model means a Qt item model, nothing else"


def _is_item_model(node: ast.ClassDef) -> bool:
    return any(dotted(base).endswith(("Model", "Model]")) for base in node.bases)


# --- time, chance, ids --------------------------------------------------------------------------

INJECTED = re.compile(
    r"^((datetime\.)?datetime\.(now|utcnow|today)|(datetime\.)?date\.today"
    r"|time\.(time|time_ns|monotonic|monotonic_ns|localtime|gmtime)"
    r"|uuid\.uuid[1-8]|random\.(?!Random$)\w+)$"
)
"""Not `os.urandom` and `secrets`: keys and nonces come from the system, never from a seed. Not
`time.perf_counter`: a stopwatch tells how long something took and decides nothing."""


def names_bound_by_imports(tree: ast.Module) -> set[str]:
    """What the file's imports bind: a parameter called `random` is not the module."""
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom))
    return {(alias.asname or alias.name) for node in nodes for alias in node.names}


def uninjected(source: Source) -> Findings:
    """Clock, Random and IdSource come in through the constructor."""
    bound = names_bound_by_imports(source.tree)
    for line, name in names_used(source.tree):
        if INJECTED.match(name) and bound & {name.partition(".")[0], name.rpartition(".")[2]}:
            yield line, f"uses {name}; it is injected (ports/system.py)"
    for call, name in calls(source.tree):
        if name in ("random.Random", "Random") and not call.args and not call.keywords:
            yield call.lineno, "an unseeded random.Random(); it is injected"


def below_ui(path: str) -> bool:
    """True where clock, chance and ids are injected; the adapters are what gets injected."""
    adapters = ("app/providers/", "app/central/reference/system.py")
    roots = ("app/__main__", "app/main", "app/cli", "app/demo", "app/central/reference/__main")
    return shipped(path) and not path.startswith(("ui/", *adapters, *roots))


# --- screens ------------------------------------------------------------------------------------

RICH_TEXT_CALLS = ("setHtml", "insertHtml", "appendHtml", "setMarkdown", "setTextFormat")
MODAL_CALLS = ("exec", "exec_")
RICH_TEXT_CLASSES = ("QLabel", "QMessageBox", "QTextBrowser", "QErrorMessage", "QWhatsThis")
TOOLTIP_CALLS = ("setToolTip", "setStatusTip", "setWhatsThis")


def rich_text(source: Source) -> Findings:
    """A customer's text is never read as HTML, and no window blocks the loop."""
    for node in ast.walk(source.tree):
        name = dotted(node).rpartition(".")[2]
        if name in RICH_TEXT_CLASSES and isinstance(node, ast.Name | ast.Attribute):
            yield node.lineno, f"{name} reads HTML; use PlainLabel (or an inline message)"
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if alias.name in RICH_TEXT_CLASSES:
                    yield node.lineno, f"imports {alias.name}; use PlainLabel"
    for call, _ in calls(source.tree):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if method in RICH_TEXT_CALLS:
            yield call.lineno, f"{method} reads HTML"
        if method in MODAL_CALLS:
            yield call.lineno, f"{method}() wedges the loop inside a coroutine; use open()"


def raw_tooltips(source: Source) -> Findings:
    """A tooltip is HTML to Qt: what goes in is our own words or escaped by ui.text."""
    for call, _ in calls(source.tree):
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if method in TOOLTIP_CALLS and call.args and not _is_safe_text(call.args[0]):
            yield call.lineno, f"{method} of text that may be a customer's; escape it by ui.text"


def _is_safe_text(node: ast.expr) -> bool:
    """Our own literal or translated words, or the result of an escaping function."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.IfExp):
        return _is_safe_text(node.body) and _is_safe_text(node.orelse)
    if isinstance(node, ast.Call):
        return dotted(node.func).rpartition(".")[2] in ("tr", "escaped", "tooltip", "plain_tooltip")
    return isinstance(node, ast.Attribute) and dotted(node).startswith("wording.")


# --- colours and sizes --------------------------------------------------------------------------

COLOUR = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|\brgba?\(|\bhsla?\(")
SIZE = re.compile(r"\b\d+(px|pt)\b")
SIZE_CALLS = re.compile(
    r"^(set(Fixed|Minimum|Maximum)(Width|Height|Size)|set(Horizontal|Vertical)?Spacing|addSpacing"
    r"|setContentsMargins|setIconSize|setPixelSize|setPointSizeF?|setDefaultSectionSize"
    r"|setColumnWidth|setRowHeight|resize)$"
)


def literal_looks(source: Source) -> Findings:
    """Colours, sizes and style sheets are tokens of the theme."""
    prose = _docstrings(source.tree)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in prose:
            if COLOUR.search(node.value) or SIZE.search(node.value):
                yield node.lineno, f"a colour or size literal: {node.value[:40]!r}"
        elif isinstance(node, ast.Call):
            yield from _literal_call(node)


def _literal_call(call: ast.Call) -> Findings:
    name = dotted(call.func).rpartition(".")[2] or getattr(call.func, "attr", "")
    if name == "QColor" and any(isinstance(argument, ast.Constant) for argument in call.args):
        yield call.lineno, "a QColor literal"
    if SIZE_CALLS.match(name) and any(_is_size(argument) for argument in call.args):
        yield call.lineno, f"{name} with a literal size"


def _is_size(node: ast.expr) -> bool:
    """True for a literal number other than 0, which needs no token, and the -1 of "default"."""
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float) and node.value > 0


def _docstrings(tree: ast.Module) -> set[ast.expr]:
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


# --- domain -------------------------------------------------------------------------------------


def domain_libraries(source: Source) -> Findings:
    """Domain and ports import the standard library, and rapidfuzz in matching, only."""
    for line, module in imported_modules(source.tree):
        top = module.partition(".")[0]
        matching = top == "rapidfuzz" and source.path.startswith("app/domain/matching")
        if top not in sys.stdlib_module_names and not module.startswith("app.") and not matching:
            yield line, f"imports {module}; the domain knows the standard library only"


RULES = (
    Rule("platform", lambda p: shipped(p) and p != PLATFORM_ADAPTER, platform_calls),
    Rule("docstring", lambda p: not p.startswith("packaging/typings/"), first_docstring_line),
    Rule("length", lambda _: True, long_functions),
    Rule("names", lambda _: True, avoided_names),
    Rule("injected", below_ui, uninjected),
    Rule("rich text", lambda p: p.startswith("ui/") and p != PLAIN_TEXT, rich_text),
    Rule("tooltips", lambda p: p.startswith("ui/") and p != PLAIN_TEXT, raw_tooltips),
    Rule("looks", lambda p: p.startswith("ui/") and p != THEME, literal_looks),
    Rule("domain", lambda p: p.startswith(("app/domain/", "app/ports/")), domain_libraries),
)
