"""What a court will ask of a suit, said before it is brought; nothing here stops the user."""

from collections.abc import Iterator, Sequence
from typing import Final

from pirights.domain.basis import STATE_ORGANS
from pirights.domain.cost import CostClass
from pirights.domain.deadline import Deadline
from pirights.domain.document import Letters
from pirights.domain.encounter import Encounter
from pirights.domain.limitation import CODE_FROM
from pirights.domain.person import Capacity
from pirights.errors import Message, message
from pirights.letters.court import FIRST_IN_LINE
from pirights.letters.court_brief import CourtBrief
from pirights.letters.court_claims import Claim
from pirights.workflow import reckoning
from pirights.workflow.desk import Desk
from pirights.workflow.next_letter import Setting

_MONEY: Final = tuple(kind.value for kind in CostClass)


def prior_request(desk: Desk, setting: Setting, brief: CourtBrief) -> Iterator[Message]:
    """Say where it cannot be proved that the request came first, reached them and was in vain."""
    first = brief.first
    if first.dispatch is None:
        yield message(
            "No prior request can be proved: letter {label} has not been sent. As reported, a "
            "court dismissed a suit for access and the like because no request came first; another "
            "let a claim on the right to know and decide be brought directly. Send the request and "
            "wait for the answer before you sue.",
            label=first.label,
        )
        return
    if first.arrived_on is None:
        yield message(
            "No prior request can be proved: that letter {label} arrived is not recorded. As "
            "reported, a court dismissed a suit because no request came first. Record it with "
            "`pirights received {label} --at DATE --proof FILE`.",
            label=first.label,
        )
    elif not reckoning.arrival_proofs(desk, first):
        yield message(
            "That letter {label} arrived on {day} is recorded, and no proof of it is kept. The "
            "other side may deny it: look for the carrier's page with the signer.",
            label=first.label,
            day=first.arrived_on,
        )
    if brief.answered and not brief.claimed:
        yield message(
            "Nothing of the request is marked as refused, partial or unanswered, so the complaint "
            "asks for none of it. If that is wrong, mark the items anew: `pirights reply score "
            "{ref} --item 3=refused`.",
            ref=first.ref,
        )
    due = next((one for one in setting.found.deadlines if one.id == "answer"), None)
    if not brief.answered and due is not None and due.on >= setting.on:
        yield message(
            "Nothing is refused yet, and the day for an answer, {due}, has not passed on {day}. "
            "Silence counts as refusal only after a reasonable time; a suit may come too soon.",
            due=due.on,
            day=setting.on,
        )


def earlier(setting: Setting) -> Iterator[Message]:
    """Say that another complaint of the case is kept."""
    kept = [one.label for one in setting.found.letters if one.kind == setting.kind]
    if kept:
        yield message(
            "An earlier complaint is kept: {labels}. This one stands beside it; file one of them "
            "only.",
            labels=kept,
        )


def standing(brief: CourtBrief) -> Iterator[Message]:
    """Say what a court asks of those who sue for another."""
    match brief.person.capacity:
        case Capacity.AGENT:
            yield message(
                "In court only lawyers, basic-level legal workers, close relatives or staff, and "
                "persons recommended by the community, the employer or a social body may act, two "
                "at most (Civil Procedure Law 61): check that {name} may. The plaintiff signs the "
                "complaint.",
                name=brief.actor.name if brief.actor else "",
            )
        case Capacity.GUARDIAN:
            yield message(
                "In court the guardian acts for whoever has no capacity to sue (Civil Procedure "
                "Law 60): enclose proof of guardianship."
            )
        case Capacity.RELATIVE if brief.person.kinship not in FIRST_IN_LINE:
            yield message(
                "For a deceased, spouse, children and parents claim first; other close relatives "
                "only where there is no spouse or child and the parents are dead (Civil Code 994). "
                "The complaint has a blank for it: fill it in, or do not sue."
            )
        case Capacity.RELATIVE:
            yield message(
                "The close relative sues in their own name (Civil Code 994): enclose proof of "
                "death and of kinship."
            )
        case Capacity.SELF if any(one.minor for one in brief.encounters):
            yield message(
                "A person under 18 is represented in court by the guardian (Civil Procedure Law "
                "60), unless aged 16 or more and living on their own earnings. Name the guardian "
                "with `pirights person edit`."
            )


def state_organ(brief: CourtBrief) -> Iterator[Message]:
    """Say that the way against a state organ may be another one."""
    found = [one.label for one in brief.encounters if one.venue in STATE_ORGANS]
    if found:
        yield message(
            "At a state organ ({encounters}): whether a civil suit is the way there, or an "
            "administrative one, is not decided here. Ask a lawyer.",
            encounters=found,
        )


def money(desk: Desk, brief: CourtBrief, claims: Sequence[Claim]) -> Iterator[Message]:
    """Say which sums lack a proof or an article, and what is in the court's discretion."""
    bare = [one.label for one in brief.costs if not desk.vault.attachments(one.label)]
    if bare:
        yield message("No proof is kept of these costs: {costs}.", costs=bare)
    if brief.paid(CostClass.CONTRACT):
        yield message(
            "A refund or other loss of contract is claimed. What was agreed and how it was broken "
            "is not in the log: fill in the line for it in the complaint, and add contract, ticket "
            "or invoice."
        )
    for claim in claims:
        if claim.kind in _MONEY and not claim.cites:
            yield message(
                "Claim {number} names no article: the law of the day of the facts is not in the "
                "law data. Ask a lawyer.",
                number=claim.number,
            )
    if not brief.costs:
        yield message(
            "The case holds no costs, so no money is claimed. Enter them with `pirights case cost "
            "{ref}`, then write the complaint anew.",
            ref=brief.first.ref,
        )


def limitation(
    setting: Setting, due: Deadline | None, encounters: Sequence[Encounter]
) -> Iterator[Message]:
    """Say by when a claim for damages should be brought, and what interrupts the period."""
    if any(one.day < CODE_FROM for one in encounters):
        yield message(
            "The first scan was on {day}, before the Civil Code: what limits a claim for "
            "damages from it is not in the law data. Ask a lawyer.",
            day=min(one.day for one in encounters),
        )
    if due is None:
        return
    if due.on < setting.on:
        yield message(
            "Counted cautiously, the limitation of a claim for damages ended on {day}, before "
            "the complaint's date: the other side may plead it, the court may not raise it itself. "
            "Whether it has really run out, ask a lawyer.",
            day=due.on,
        )
    else:
        yield message(
            "Counted cautiously, a claim for damages is to be brought by {day}. A suit interrupts "
            "the period (Civil Code 195 item 3); a demand that arrived does so only for what was "
            "demanded (item 1). Why: `pirights law deadline {ref}`.",
            day=due.on,
            ref=setting.found.case.ref,
        )


def form(setting: Setting, brief: CourtBrief) -> Iterator[Message]:
    """Say what is to be filled in by hand, and what goes with the complaint."""
    if not brief.handler.address or not brief.handler.uscc:
        yield message(
            "A suit needs a definite defendant (Civil Procedure Law 122): look up its registered "
            "name, address and code, and give them with `pirights handler edit {handler}`.",
            handler=brief.handler.label,
        )
    if setting.letters is Letters.EN:
        yield message(
            "A court in mainland China works in Chinese: file the complaint with --letters zh; "
            "this one is for reading."
        )
    yield message(
        "It names exhibits as they are numbered now. If anything is added to the case, write a new "
        "complaint. Its evidence list: `pirights request render {label} --paper catalogue --out "
        "catalogue.pdf`; its exhibits: `pirights bundle build {ref} --out FOLDER`.",
        label=setting.label,
        ref=brief.first.ref,
    )
