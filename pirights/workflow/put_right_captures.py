"""Taking back a wrong page that was captured: it stays in the vault and leaves the bundles."""

from collections.abc import Sequence
from dataclasses import replace

from pirights.domain.attachment import Attachment, Purpose
from pirights.domain.case import Case
from pirights.domain.handler import Handler
from pirights.errors import Message, NotFound, NotNextStep, message
from pirights.vault.change import Change
from pirights.workflow import captured_pages, put_right
from pirights.workflow.desk import Desk
from pirights.workflow.put_right import Act, Own


def void(desk: Desk, number: int, *, because: str) -> Act:
    """Take a captured page back, by the number of any of its files.

    A promise that was recorded with it stays the user's word, without the page.

    Raises:
        BadInput: No reason.
        NotFound: The number is of no file of a captured page.
        NotNextStep: It is voided already.
    """
    named = desk.vault.get(Attachment, number)
    if named.purpose is not Purpose.CAPTURE:
        raise NotFound(
            message("A{number} is no file of a captured page.", number=number),
            hint=message("`pirights handler show H1` lists the pages captured for a handler."),
        )
    if named.voided_on is not None:
        raise NotNextStep(message("A{number} is voided already.", number=number))
    why = put_right.reason(because)
    files = [
        each
        for each in captured_pages.kept_with(desk, named.owner)
        if each.imported_at == named.imported_at
    ]
    sums = {each.sha256 for each in files}
    handlers = [each for each in desk.vault.find_all(Handler) if each.policy_sha256 in sums]

    def do(change: Change) -> tuple[str, Sequence[Message]]:
        for each in files:
            voided = replace(each, voided_on=desk.today, voided_because=why)
            change.replace(voided, kind="attachment.voided")
        for one in handlers:
            change.replace(replace(one, policy_sha256="", policy_seen=None), kind="handler.edited")
        return f"A{number}", [
            message(
                "The promised time stays with {label}, without a page that shows it: "
                "`pirights handler edit {label} --policy-days` corrects it.",
                label=one.label,
            )
            for one in handlers
        ]

    return Act(
        refs=tuple(case.ref for case in desk.vault.find_all(Case) if _is_about(case, named.owner)),
        own=(Own(message("Files of the page"), len(files), 0),),
        do=do,
    )


def _is_about(case: Case, owner: str) -> bool:
    return owner in {case.ref, f"H{case.handler}", *(f"E{number}" for number in case.encounters)}
