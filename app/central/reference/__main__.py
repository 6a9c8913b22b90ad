"""`python -m app.central.reference`: serve, print the ledger's truth, set faults."""

from __future__ import annotations

import argparse
import json
import sys
import urllib.error
import urllib.request
from pathlib import Path

import msgspec

from app.central.reference import serving
from app.central.reference.database import open_existing
from app.central.reference.faults import NAMES
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
    place = arguments.data, arguments.database_url
    if place == (None, None):
        return _usage("central needs --data DIR or --database-url URL")
    if arguments.catalog is not None and not arguments.catalog.is_file():
        return _usage(f"there is no file {arguments.catalog}")
    ledger = Ledger.open(*place, RealSurroundings(), demo=arguments.demo)
    if arguments.demo or arguments.catalog is not None:
        from app.central.reference.seed.plant import EVERYTHING, ONLY_CATALOG, plant

        plant(ledger, arguments.catalog, EVERYTHING if arguments.demo else ONLY_CATALOG)
    if arguments.data is not None:
        serving.keep_recovery_key(ledger, arguments.data)
    serving.serve(ledger, arguments.enrolment_code, arguments.port)
    return 0


def _usage(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def _print_truth(arguments: argparse.Namespace) -> int:
    try:
        engine = open_existing(arguments.data, arguments.database_url)
    except FileNotFoundError:
        return _usage(f"there is no ledger in {arguments.data}")
    with engine.connect().execution_options(reading=True) as connection, connection.begin():
        for line in truth(connection):
            sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()
    engine.dispose()
    return 0


def _set_fault(arguments: argparse.Namespace) -> int:
    if not arguments.clear and not (arguments.service and arguments.fault):
        return _usage("a fault needs --service and --fault, or --clear")
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
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - as above
            print(answer.read().decode())
    except urllib.error.URLError as error:
        print(f"central did not take the fault: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
