"""Enrolment: the code, the signature, the addresses."""

from __future__ import annotations

import base64

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.central.client.enrolment import enrol
from app.central.contract import signing, wire
from app.central.contract.routes import Code
from app.domain.errors import CentralUnavailable, Invalid
from app.domain.feed import Silence
from app.ports.central import Enrolment
from tests.support.scripted_transport import Reply, ScriptedTransport
from tests.support.virtual_time import VirtualClock, run_virtual
from tests.support.wire_bodies import answer, html, problem

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
DOCUMENT = wire.ConfigurationDocument(version=3, organisation="Fixwell", people=[])


def enrolment_answer(key: Ed25519PrivateKey = KEY) -> wire.EnrolmentAnswer:
    return wire.EnrolmentAnswer(
        desk_id="desk-7",
        desk_code="K7",
        spare_codes=["K8", "K9", "L0"],
        credential="secret",
        organisation_key=PUBLIC,
        configuration=signing.sign(DOCUMENT, key),
    )


def enrolled(**replies: Reply) -> tuple[Enrolment, ScriptedTransport]:
    async def tell(clock: VirtualClock) -> tuple[Enrolment, ScriptedTransport]:
        transport = ScriptedTransport(clock)
        transport.replies = {f"http://{name}": reply for name, reply in replies.items()}
        found = await enrol(
            transport,
            [f"http://{name}/" for name in replies],
            code="OPEN-SESAME",
            desk_name="Front desk",
            public_key="cGs=",
            incarnation="inc-1",
        )
        return found, transport

    return run_virtual(tell)


def test_a_desk_is_made_and_its_configuration_verified() -> None:
    found, transport = enrolled(a=lambda request: answer(201, enrolment_answer()))
    assert (found.desk_code, found.spare_codes) == ("K7", ("K8", "K9", "L0"))
    document = msgspec.json.decode(found.configuration_document, type=wire.SignedDocument)
    assert signing.verified(document, found.organisation_key).version == 3
    sent = msgspec.json.decode(transport.asked["http://a"][0].body)
    assert sent == {
        "code": "OPEN-SESAME",
        "desk_name": "Front desk",
        "public_key": "cGs=",
        "incarnation": "inc-1",
    }
    assert "secret" not in repr(transport.asked["http://a"][0].headers)


def test_the_next_address_is_asked_where_one_is_silent() -> None:
    found, _ = enrolled(
        a=lambda request: Silence.CONNECT,
        b=lambda request: html(),
        c=lambda request: answer(201, enrolment_answer()),
    )
    assert found.desk_id == "desk-7"


def test_a_wrong_code_is_refused_and_not_tried_elsewhere() -> None:
    with pytest.raises(Invalid, match="code"):
        enrolled(
            a=lambda request: answer(403, problem(Code.BAD_CODE, 403)),
            b=lambda request: answer(201, enrolment_answer()),
        )


def test_a_configuration_signed_by_somebody_else_is_refused() -> None:
    with pytest.raises(Invalid, match="not signed"):
        enrolled(a=lambda request: answer(201, enrolment_answer(OTHER_KEY)))


def test_a_portal_is_not_central() -> None:
    with pytest.raises(CentralUnavailable) as caught:
        enrolled(a=lambda request: html())
    assert caught.value.cause == Silence.NOT_CENTRAL
    assert "Check the address" in caught.value.sentence()


def test_without_an_address_nothing_is_asked() -> None:
    with pytest.raises(CentralUnavailable):
        enrolled()
