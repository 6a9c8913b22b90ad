"""`offhook`: the desk's window, a command, the demo, or the reference central."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from app.cli.arguments import USAGE_EXIT, UsageError, parser
from app.domain.visible import visible


def main(words: Sequence[str] | None = None) -> int:
    """Run what the words ask for; the exit code."""
    given = list(sys.argv[1:] if words is None else words)
    if given[:1] == ["central"]:
        from app.central.reference.__main__ import main as central

        return central(given[1:])
    try:
        arguments = parser().parse_args(given)
    except UsageError as slip:
        print(visible(str(slip)), file=sys.stderr)
        return USAGE_EXIT
    if arguments.demo:
        from app import demo

        return demo.run(arguments)
    if arguments.command == "drill":
        from app import drill

        return drill.main(arguments)
    if arguments.command in (None, "call", "open", "scene"):
        from app import desk

        return desk.run(arguments)
    from app.cli.run import run_command

    return run_command(arguments, given)


if __name__ == "__main__":
    sys.exit(main())
