"""`python -m app.central.reference`: serve, print the ledger's truth, set faults."""

from __future__ import annotations

import argparse
import json
import sys
import urllib.error
import urllib.request
from pathlib import Path

import msgspec
from sqlalchemy.exc import SQLAlchemyError

from app.central.contract import seeds, wire
from app.central.reference import serving
from app.central.reference.database import NoLedger, OtherSchema, open_existing
from app.central.reference.faults import GOING_BACK, NAMES
from app.central.reference.feed import truth
from app.central.reference.gate import ALL_DESKS
from app.central.reference.ledger import Ledger
from app.central.reference.seed.catalog import names_models
from app.central.reference.system import RealSurroundings
from app.domain.central_services import Service
from app.domain.visible import escaped


def _parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="app.central.reference", description=__doc__)
    top.add_argument("--host", default=serving.LOOPBACK, metavar="ADDRESS",
                     help="of this machine, for balancers on others; else loopback")  # fmt: skip
    top.add_argument("--port", type=int, default=0)
    _where(top, required=False)
    top.add_argument("--enrolment-code", default="")
    top.add_argument("--operations-per-second", type=float, default=ALL_DESKS.operations,
                     help="what all desks together may send to a service")  # fmt: skip
    top.add_argument("--pages-per-second", type=float, default=ALL_DESKS.pages,
                     help="what all desks together may read from a service")  # fmt: skip
    top.add_argument("--demo", action="store_true", help="fill an empty ledger with demo data")
    top.add_argument("--small", action="store_true", help="a hundredth of the demo data")
    top.add_argument("--drills", action="store_true", help="codes that no real desk has")
    top.add_argument("--with-parent", action="store_true", help="end when standard input ends")
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
    revoke = commands.add_parser("revoke", help="take a person's rights away from now on")
    _where(revoke, required=True)
    revoke.add_argument("person")
    gone = commands.add_parser("desk-gone", help="say that a silent desk will not come back")
    _where(gone, required=True)
    gone.add_argument("desk", help="one of its codes, or its id")
    terms = commands.add_parser("new-terms", help="say that a restore or a switch happened")
    _where(terms, required=True)
    seed = commands.add_parser("seed", help="a file that makes a desk while central is down")
    _where(seed, required=True)
    seed.add_argument("--out", type=Path, required=True)
    seed.add_argument("--desk-name", required=True)
    seed.add_argument("--passphrase-file", type=Path, required=True)
    seed.add_argument("--central", nargs="+", metavar="URL", default=[],
                      help="where the desk finds central")  # fmt: skip
    commands.add_parser("openapi", help="the contract as OpenAPI 3.1")
    return top


def _where(parser: argparse.ArgumentParser, *, required: bool) -> None:
    place = parser.add_mutually_exclusive_group(required=required)
    place.add_argument("--data", type=Path)
    place.add_argument("--database-url")


def main(argv: list[str] | None = None) -> int:
    """Run the words; the exit code."""
    arguments = _parser().parse_args(sys.argv[1:] if argv is None else argv)
    place = arguments.data if "data" in arguments and arguments.data else "that database"
    try:
        return _run(arguments)
    except NoLedger:
        return _usage(f"there is no ledger in {place}")
    except OtherSchema:
        return _usage(f"the ledger in {place} was made by another version")
    except SQLAlchemyError as error:
        return _usage(f"the database does not answer: {type(error).__name__}")
    except OSError as error:
        return _usage(f"central cannot do that here: {error.strerror}")


def _run(arguments: argparse.Namespace) -> int:
    match arguments.command:
        case "ledger":
            return _print_truth(arguments)
        case "faults":
            return _set_fault(arguments)
        case "revoke":
            return _revoke(arguments)
        case "desk-gone":
            return _desk_gone(arguments)
        case "new-terms":
            open_existing(arguments.data, arguments.database_url).dispose()
            Ledger.open(arguments.data, arguments.database_url, RealSurroundings()).new_terms()
            return 0
        case "seed":
            return _make_seed(arguments)
        case "openapi":
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
    if arguments.catalog is not None and not names_models(arguments.catalog):
        return _usage(f"{arguments.catalog} names no models: its CSV needs model_name and a row")
    rate = wire.Rate(arguments.operations_per_second, arguments.pages_per_second)
    if min(rate.operations, rate.pages) <= 0:
        return _usage("a rate is more than nothing")
    ledger = Ledger.open(*place, RealSurroundings(), demo=arguments.demo)
    if arguments.drills:
        ledger.only_for_drills()
    if arguments.demo or arguments.catalog is not None:
        from app.central.reference.seed.plant import EVERYTHING, ONLY_CATALOG, SMALL, plant

        size = SMALL if arguments.small else EVERYTHING
        plant(ledger, arguments.catalog, size if arguments.demo else ONLY_CATALOG)
    if arguments.data is not None:
        serving.keep_recovery_key(ledger, arguments.data)
    serving.serve(
        ledger, arguments.enrolment_code, arguments.port, rate,
        host=arguments.host, with_parent=arguments.with_parent,
    )  # fmt: skip
    return 0


def _usage(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2


def _print_truth(arguments: argparse.Namespace) -> int:
    engine = open_existing(arguments.data, arguments.database_url)
    with engine.connect().execution_options(reading=True) as connection, connection.begin():
        for line in truth(connection):
            told = escaped(msgspec.json.encode(line).decode())
            sys.stdout.buffer.write(told.encode() + b"\n")
    sys.stdout.buffer.flush()
    engine.dispose()
    return 0


def _revoke(arguments: argparse.Namespace) -> int:
    open_existing(arguments.data, arguments.database_url).dispose()
    ledger = Ledger.open(arguments.data, arguments.database_url, RealSurroundings())
    if not ledger.revoke(arguments.person):
        return _usage("nobody of that name is in the configuration")
    return 0


def _desk_gone(arguments: argparse.Namespace) -> int:
    open_existing(arguments.data, arguments.database_url).dispose()
    ledger = Ledger.open(arguments.data, arguments.database_url, RealSurroundings())
    if not ledger.mark_removed(arguments.desk):
        return _usage("no desk of that code is in the directory")
    return 0


def _make_seed(arguments: argparse.Namespace) -> int:
    """Make the desk and its file; print the fingerprint that the other side compares."""
    passphrase = arguments.passphrase_file.read_bytes().rstrip(b"\r\n")
    if not passphrase:
        return _usage("the passphrase is empty")
    if arguments.out.exists():
        return _usage(f"{arguments.out} is there already")
    open_existing(arguments.data, arguments.database_url).dispose()
    surroundings = RealSurroundings()
    ledger = Ledger.open(arguments.data, arguments.database_url, surroundings)
    signed = ledger.make_seed(arguments.desk_name, arguments.central)
    with arguments.out.open("xb") as out:
        out.write(seeds.locked(signed, passphrase, surroundings.random))
    print(json.dumps({"organisation": seeds.fingerprint(ledger.organisation_key())}))
    return 0


def _set_fault(arguments: argparse.Namespace) -> int:
    if not arguments.url.startswith(("http://", "https://")):
        return _usage("--url is where central listens: http://HOST:PORT")
    if arguments.clear and arguments.fault:
        return _usage("a fault is set or cleared, not both: --fault or --clear")
    if not arguments.clear and not (arguments.service and arguments.fault):
        return _usage("a fault needs --service and --fault, or --clear")
    if arguments.fault in GOING_BACK and arguments.back is None:
        return _usage(f"{arguments.fault} needs --back SECONDS")
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
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
