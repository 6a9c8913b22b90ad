"""Enrolment: one call that makes this profile a desk."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.central.client import answers, decoding
from app.central.contract import routes, signing, wire
from app.central.contract.routes import Code
from app.domain.errors import CentralUnavailable, Invalid
from app.domain.feed import Silence
from app.ports.central import Enrolment, Request, Response, Transport

DEADLINE_S = 30.0


async def enrol(
    transport: Transport,
    urls: Sequence[str],
    *,
    code: str,
    desk_name: str,
    public_key: str,
    incarnation: str,
) -> Enrolment:
    """Ask each address in turn until central answers.

    The configuration that comes is verified against the organisation's key that comes with it.
    Raises Invalid where central refuses the code or its document is not signed by that key, and
    CentralUnavailable where no address answers with a body of the contract.
    """
    body = msgspec.json.encode(wire.EnrolmentRequest(code, desk_name, public_key, incarnation))
    failure = CentralUnavailable("No address of central was given.", cause=Silence.CONNECT)
    for url in urls:
        request = Request(
            "POST",
            url.rstrip("/") + routes.ENROLMENT,
            {"Content-Type": "application/json", "Accept": "application/json"},
            body,
            DEADLINE_S,
        )
        try:
            return _read(await transport.exchange(request))
        except CentralUnavailable as error:
            failure = error
    raise failure


def _read(response: Response) -> Enrolment:
    answer = decoding.body_of(response.body, wire.EnrolmentAnswer)
    if answer is None:
        problem = decoding.problem_of(response.body)
        if problem is not None and decoding.code_of(problem) == Code.BAD_CODE:
            raise Invalid(
                "Central does not know this enrolment code.",
                todo="Ask whoever gave it for another one.",
            )
        raise CentralUnavailable(
            "What answers there is not central.",
            cause=answers.silence_of(response),
            safe="Nothing was written.",
            todo="Check the address.",
        )
    signing.verified(answer.configuration, answer.organisation_key)
    return Enrolment(
        desk_id=answer.desk_id,
        desk_code=answer.desk_code,
        spare_codes=tuple(answer.spare_codes),
        credential=answer.credential,
        organisation_key=answer.organisation_key,
        configuration_document=msgspec.json.encode(answer.configuration),
    )
