"""`python -m app.central.reference`: serve, print the ledger's truth, set faults."""

from __future__ import annotations

import argparse
import json
import socket
import sys
import threading
import urllib.request
from pathlib import Path

import uvicorn

from app.central.reference.app import make_app
from app.central.reference.faults import NAMES, FaultyApp
from app.central.reference.feed import truth
from app.central.reference.ledger import Ledger
from app.central.reference.system import RealSurroundings
from app.domain.central_services import Service


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="app.central.reference", description=__doc__)
    top.add_argument("--port", type=int, default=0)
    _where(top, required=False)
    top.add_argument("--enrolment-code", default="")
    top.add_argument("--demo", action="store_true", help="fill an empty ledger with demo data")
    top.add_argument("--catalog", type=Path, help="CSV of device models for the demo")
    commands = top.add_subparsers(dest="command")
    ledger = commands.add_parser("ledger", help="each ticket of the ledger as a JSON line")
    _where(ledger, required=True)
    faults = commands.add_parser("faults", help="make a running central misbehave")
    faults.add_argument("--url", required=True)
    faults.add_argument("--service", choices=[service.value for service in Service])
    faults.add_argument("--fault", choices=NAMES)
    faults.add_argument("--back", type=float)
    faults.add_argument("--for", dest="lasting", type=float)
    faults.add_argument("--clear", action="store_true")
    commands.add_parser("openapi", help="the contract as OpenAPI 3.1")
    return top


def _where(parser: argparse.ArgumentParser, *, required: bool) -> None:
    place = parser.add_mutually_exclusive_group(required=required)
    place.add_argument("--data", type=Path)
    place.add_argument("--database-url")


def main(argv: list[str] | None = None) -> int:
    """Run the words; the exit code."""
    arguments = _parser().parse_args(sys.argv[1:] if argv is None else argv)
    if arguments.command == "ledger":
        return _print_truth(arguments)
    if arguments.command == "faults":
        return _set_fault(arguments)
    if arguments.command == "openapi":
        from app.central.reference.openapi import document

        print(document(), end="")
        return 0
    return _serve(arguments)


def _serve(arguments: argparse.Namespace) -> int:
    ledger = Ledger.open(
        arguments.data, arguments.database_url, RealSurroundings(), demo=arguments.demo
    )
    if arguments.demo:
        from app.central.reference.seed.plant import plant

        plant(ledger, arguments.catalog)
    _keep_recovery_key(ledger, arguments.data)
    listening = socket.create_server(("127.0.0.1", arguments.port))
    listening.set_inheritable(True)
    app = FaultyApp(make_app(ledger, arguments.enrolment_code), ledger.faults)
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
    )
    port = listening.getsockname()[1]
    threading.Thread(target=_announce, args=(server, port), daemon=True).start()
    server.run(sockets=[listening])
    return 0


def _announce(server: uvicorn.Server, port: int) -> None:
    """One line once requests are served."""
    pause = threading.Event()
    while not server.started:
        pause.wait(0.01)
    print(f"ready http://127.0.0.1:{port}", flush=True)


def _keep_recovery_key(ledger: Ledger, data: Path | None) -> None:
    """The recovery key lies beside a new ledger, for the organisation to take away."""
    if data is None:
        return
    path = data / "recovery.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(ledger.recovery_key() + "\n", "utf-8")


def _print_truth(arguments: argparse.Namespace) -> int:
    ledger = Ledger.open(arguments.data, arguments.database_url, RealSurroundings())
    with ledger.reading() as connection:
        for line in truth(connection):
            print(json.dumps(line, ensure_ascii=False))
    return 0


def _set_fault(arguments: argparse.Namespace) -> int:
    if not arguments.clear and not (arguments.service and arguments.fault):
        print("a fault needs --service and --fault, or --clear", file=sys.stderr)
        return 2
    body = {
        "service": arguments.service or "",
        "fault": arguments.fault or "",
        "back": arguments.back,
        "lasting": arguments.lasting,
        "clear": arguments.clear,
    }
    request = urllib.request.Request(  # noqa: S310 - the address a person gave
        arguments.url.rstrip("/") + "/faults",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
        print(answer.read().decode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
