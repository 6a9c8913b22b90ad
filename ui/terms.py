"""Words of the work: statuses, fields, groups, dangers, kinds of operations, reasons of waiting."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject

from app.domain import reference as references
from app.domain.central_services import Service
from app.domain.model_rule import NOT_SUPPORTED
from app.domain.operations import Json
from app.domain.payments.money import exponent
from app.domain.people import Role
from app.domain.tickets import Group, Missing, Safety, Status
from app.domain.views import CopyWord

_LONGEST_READ = 12
"""Characters of a model number that are put into words."""


class Terms(QObject):
    """One word per idea, in the language of now; `terms` is the one to ask."""

    def status(self, status: str) -> str:
        """Where a ticket stands in its work."""
        known = {
            Status.NEW: self.tr("New"),
            Status.TO_COMPLETE: self.tr("To complete"),
            Status.READY: self.tr("Ready"),
            Status.SCHEDULED: self.tr("Scheduled"),
            Status.DONE: self.tr("Done"),
            Status.CLOSED: self.tr("Closed"),
            Status.QUARANTINED: self.tr("Quarantined"),
            Status.CANCELLED: self.tr("Cancelled"),
            Status.MERGED: self.tr("Merged"),
        }
        return known.get(Status(status), status) if status in set(Status) else status

    def safety(self, safety: str) -> str:
        """A danger, or that there is none."""
        known = {
            Safety.NOT_ASKED: self.tr("Not asked"),
            Safety.NONE: self.tr("No danger"),
            Safety.GAS: self.tr("Gas"),
            Safety.SMOKE: self.tr("Smoke or fire"),
            Safety.SHOCK: self.tr("Electric shock"),
            Safety.WATER: self.tr("Water"),
        }
        return known.get(Safety(safety), safety) if safety in set(Safety) else safety

    def missing(self, part: Missing) -> str:
        """A "to complete" item, as the question to ask."""
        return {
            Missing.REACHABLE: self.tr("A number where somebody can be reached"),
            Missing.PLACE: self.tr("Where is the device?"),
            Missing.FAULT: self.tr("What is wrong with it?"),
            Missing.DEVICE: self.tr("Which device is it?"),
            Missing.COVERAGE: self.tr("Is it covered?"),
        }[part]

    def group(self, group: Group) -> str:
        return {
            Group.CONTACT: self.tr("Contact"),
            Group.CUSTOMER: self.tr("Customer"),
            Group.COVERAGE: self.tr("Coverage"),
            Group.DEVICE: self.tr("Device"),
            Group.FAULT: self.tr("Fault"),
            Group.PAYMENT: self.tr("Payment"),
            Group.VISIT: self.tr("Visit"),
        }[group]

    def field(self, name: str) -> str:
        """A field of a ticket."""
        known = {
            "caller_name": self.tr("Caller"),
            "caller_phone": self.tr("Caller's phone"),
            "caller_e164": self.tr("Number"),
            "caller_relation": self.tr("Relation to the customer"),
            "reachable": self.tr("Reachable"),
            "customer_id": self.tr("Customer"),
            "customer_name": self.tr("Customer's name"),
            "place": self.tr("Place"),
            "coverage": self.tr("Coverage"),
            "plan_id": self.tr("Plan"),
            "device_id": self.tr("Device"),
            "model_words": self.tr("Model, as said"),
            "model_pin": self.tr("Model"),
            "serial": self.tr("Serial number"),
            "fault": self.tr("Fault"),
            "safety": self.tr("Safety"),
            "priority": self.tr("Priority"),
            "status": self.tr("Status"),
            "owner": self.tr("Assigned"),
            "due": self.tr("Due"),
            "merged_into": self.tr("Part of"),
        }
        return known.get(name, name)

    def priority(self, priority: str) -> str:
        known = {
            "urgent": self.tr("Urgent"),
            "high": self.tr("High"),
            "normal": self.tr("Normal"),
            "low": self.tr("Low"),
        }
        return known.get(priority, priority)

    def coverage(self, coverage: str) -> str:
        known = {
            "verified": self.tr("Verified"),
            "claimed": self.tr("Claimed, not verified"),
            "waived": self.tr("Waived by a person"),
        }
        return known.get(coverage, coverage)

    def provenance(self, source: str) -> str:
        """Where a group's data comes from; a person's name stays as it is."""
        known = {
            "desk": self.tr("from this desk"),
            "customer": self.tr("from the customer"),
            "central": self.tr("from central"),
        }
        return known.get(source, source)

    def service(self, service: str) -> str:
        known = {
            Service.TICKETS: self.tr("Tickets"),
            Service.CUSTOMERS: self.tr("Customers"),
            Service.CATALOG: self.tr("Catalog"),
            Service.BILLING: self.tr("Billing"),
            Service.EXPERTS: self.tr("Experts"),
            Service.NOTIFICATIONS: self.tr("Notifications"),
        }
        return known.get(Service(service), service) if service in set(Service) else service

    def copy(self, word: CopyWord) -> str:
        """Where what was saved here is."""
        return {
            CopyWord.NONE: self.tr("only on this computer"),
            CopyWord.BEHIND: self.tr("only on this computer"),
            CopyWord.CURRENT: self.tr("in two places"),
        }[word]

    def role(self, role: Role) -> str:
        return {
            Role.AGENT: self.tr("Agent"),
            Role.EXPERT: self.tr("Expert"),
            Role.SUPERVISOR: self.tr("Supervisor"),
            Role.AUDITOR: self.tr("Auditor"),
        }[role]

    def kind(self, kind: str) -> str:
        """What an operation does."""
        known = {
            "ticket.create": self.tr("New ticket"),
            "ticket.set": self.tr("Changed fields"),
            "ticket.note": self.tr("Note"),
            "ticket.promise": self.tr("Promise"),
            "ticket.promise_kept": self.tr("Promise kept"),
            "ticket.claim": self.tr("Payment claim"),
            "ruling.create": self.tr("Decision on a payment"),
            "ruling.settle": self.tr("Payment settled by hand"),
            "ticket.evidence": self.tr("File of evidence"),
            "ticket.merge": self.tr("Merge"),
            "ticket.unmerge": self.tr("Merge taken back"),
            "contact.create": self.tr("Call"),
            "contact.set": self.tr("Call completed"),
            "customer.create": self.tr("New customer"),
            "customer.set": self.tr("Changed customer"),
            "device.create": self.tr("New device"),
            "device.set": self.tr("Changed device"),
            "ticket.resolve": self.tr("Model of a ticket"),
            "proposal.create": self.tr("Proposed model"),
            "proposal.approve": self.tr("Approved model"),
            "proposal.reject": self.tr("Rejected model"),
            "proposal.ask": self.tr("Question about a model"),
            "proposal.answer": self.tr("Answer about a model"),
            "proposal.delegate": self.tr("Delegated model"),
            "alias.create": self.tr("Remembered words"),
            "alias.set": self.tr("Changed words"),
            "catalog_entry.create": self.tr("New catalog entry"),
            "catalog_entry.set": self.tr("Changed catalog entry"),
            "catalog_entry.merge": self.tr("Merged catalog entries"),
            "catalog_entry.unmerge": self.tr("Merge taken back"),
            "visit.create": self.tr("Visit"),
            "visit.set": self.tr("Changed visit"),
        }
        return known.get(kind, kind)

    def visit(self, state: str) -> str:
        """Where a visit stands."""
        known = {
            "proposed": self.tr("proposed"),
            "told_by_phone": self.tr("told by phone"),
            "confirmed": self.tr("confirmed"),
            "on_the_way": self.tr("on the way"),
            "done": self.tr("done"),
            "missed": self.tr("missed"),
        }
        return known.get(state, state)

    def why_match(self, why: str) -> str:
        """Why somebody is offered as the caller."""
        known = {
            "phone_exact": self.tr("Number on the customer record"),
            "phone_ending": self.tr("The last digits fit"),
            "phone_on_ticket": self.tr("Number on an earlier ticket"),
            "name": self.tr("The name fits"),
        }
        return known.get(why, why)

    def why_duplicate(self, why: str) -> str:
        """Why an open ticket may be about the same fault."""
        known = {
            "same_caller": self.tr("same caller"),
            "same_customer": self.tr("same customer"),
            "same_device": self.tr("same device"),
            "like_fault": self.tr("much the same words"),
        }
        return known.get(why, why)

    def waiting(self, reason: str, service: str) -> str:
        """Why an operation waits: a known key in words, else central's own sentence."""
        name = self.service(service)
        known = {
            "": self.tr("Just written, not tried yet"),
            "connect": self.tr("{service} does not answer").format(service=name),
            "timeout": self.tr("{service} answers too slowly").format(service=name),
            "not_central": self.tr("Something else answers in place of {service}").format(
                service=name
            ),
            "behind": self.tr("{service} answers with old data").format(service=name),
            "server_error": self.tr("{service} has trouble of its own").format(service=name),
            "busy": self.tr("{service} asks to wait").format(service=name),
            "this_computer": self.tr("This computer has no network"),
            "unanswered": self.tr("{service} gave no answer").format(service=name),
            "asked_to_wait": self.tr("{service} asks to wait").format(service=name),
            "deferred": self.tr("{service} takes it later").format(service=name),
            "new_term": self.tr("{service} was restored; it is offered anew").format(service=name),
            "split_brain": self.tr("Two endpoints of {service} disagree").format(service=name),
            "target_missing": self.tr("After a day {service} still lacks what it is about").format(
                service=name
            ),
            "behind_parked": self.tr("An earlier change of the same ticket needs review"),
            "sign_in": self.tr("This desk must sign in again"),
        }
        return known.get(reason, reason)

    def checked(self, how: str) -> str:
        """How it was made sure who is calling."""
        known = {
            "postcode": self.tr("By postcode"),
            "reference": self.tr("By reference"),
            "plan_number": self.tr("By plan number"),
            "not_checked": self.tr("Not checked"),
        }
        return known.get(how, how)

    def relation(self, relation: str) -> str:
        """Who a caller is to the customer."""
        known = {
            "family": self.tr("Family"),
            "neighbour": self.tr("Neighbour"),
            "carer": self.tr("Carer"),
            "colleague": self.tr("Colleague"),
            "other": self.tr("Somebody else"),
        }
        return known.get(relation, relation)

    def value(self, name: str, value: Json) -> str:
        """A field's value in words; an empty one says so. A model's may carry its `name`."""
        if name == "model_pin":
            pin = value if isinstance(value, dict) else {}
            return self.pin(pin.get("entry_id"), str(pin.get("name") or ""))
        if value in (None, "", []):
            return self.tr("empty")
        known = {
            "status": self.status,
            "priority": self.priority,
            "coverage": self.coverage,
            "safety": self.safety,
        }
        return known[name](str(value)) if name in known else str(value)

    def pin(self, entry_id: Json, name: str) -> str:
        """What a ticket's model was said to be; `name` of the entry where it is known."""
        if not entry_id:
            return self.tr("the caller's words")
        if entry_id == NOT_SUPPORTED:
            return self.tr("not supported")
        return name or str(entry_id)

    def spoken(self, word: str) -> str:
        """A word of a spelled reference; the letters' words are the same everywhere."""
        known = {
            "zero": self.tr("zero"),
            "one": self.tr("one"),
            "two": self.tr("two"),
            "three": self.tr("three"),
            "four": self.tr("four"),
            "five": self.tr("five"),
            "six": self.tr("six"),
            "seven": self.tr("seven"),
            "eight": self.tr("eight"),
            "nine": self.tr("nine"),
        }
        return known.get(word, word)

    def category(self, category: str) -> str:
        """The kind of a device."""
        known = {
            "television": self.tr("Television"),
            "fridge": self.tr("Fridge"),
            "freezer": self.tr("Freezer"),
            "washing_machine": self.tr("Washing machine"),
            "dryer": self.tr("Dryer"),
            "dishwasher": self.tr("Dishwasher"),
            "oven": self.tr("Oven"),
            "hob": self.tr("Hob"),
            "laptop": self.tr("Laptop"),
            "desktop": self.tr("Desktop computer"),
            "monitor": self.tr("Monitor"),
            "phone": self.tr("Phone"),
            "tablet": self.tr("Tablet"),
            "printer": self.tr("Printer"),
            "router": self.tr("Router"),
            "speaker": self.tr("Speaker"),
            "camera": self.tr("Camera"),
            "projector": self.tr("Projector"),
            "remote": self.tr("Remote control"),
            "sensor": self.tr("Sensor"),
            "light": self.tr("Light"),
            "lock": self.tr("Lock"),
            "thermostat": self.tr("Thermostat"),
            "air_conditioner": self.tr("Air conditioner"),
            "other": self.tr("Other"),
        }
        return known.get(category, category)

    def read_back(self, number: str) -> str:
        """A model number in words to read to the caller; empty without one."""
        words = (self.spoken(word) for _, word in references.spoken(number[:_LONGEST_READ]))
        return " ".join(word for word in words if word)

    def money(self, amount: int, currency: str) -> str:
        """Minor units with their currency: £89.00, JPY 1,200."""
        places = exponent(currency)
        whole, rest = divmod(abs(amount), 10**places)
        point = QLocale().decimalPoint()
        text = QLocale().toString(whole) + (f"{point}{rest:0{places}}" if places else "")
        sign = {"GBP": "£", "EUR": "€", "USD": "$"}.get(currency)
        shown = f"{sign}{text}" if sign else f"{currency} {text}".strip()
        return f"-{shown}" if amount < 0 else shown


terms = Terms()
"""The one to ask; it keeps no words."""

RELATIONS = ("family", "neighbour", "carer", "colleague", "other")
CHECKS = ("postcode", "reference", "plan_number")
