"""An authority's answer: which paper it answers, and that it is not the handler's."""

from collections.abc import Sequence

from pirights.domain import reference
from pirights.domain.case import Case
from pirights.domain.dispatch import Letter
from pirights.domain.escalation import TO_AUTHORITY
from pirights.domain.mail_domain import owner_of
from pirights.domain.quoting import own_words
from pirights.mail.parse import Mail
from pirights.workflow.desk import Desk
from pirights.workflow.known import Known


def meant(desk: Desk, text: str) -> tuple[Case, Letter | None]:
    """Find the case that a person named, and the paper to an authority if its number stands there.

    Raises:
        BadInput: It is no reference.
        NotFound: No such case, or no such letter in it.
    """
    case = desk.case(text)
    _, number = reference.split(text)
    if number is None:
        return case, None
    _, letter = desk.letter(text)
    return case, letter if letter.kind in TO_AUTHORITY else None


def of_mail(desk: Desk, known: Known, case: Case, mail: Mail | None, text: str) -> Letter | None:
    """Find the paper to an authority that a message answers; None for the handler's own answers.

    By the id of the mail that it went out as, else by its number (`PR-…/4`) in the subject or the
    words. What comes from an address of the handler's is the handler's, whatever it names.
    """
    papers = [one for one in desk.letters(case) if one.dispatch and one.kind in TO_AUTHORITY]
    if not papers:
        return None
    if mail is not None:
        if owner_of(mail.sender_address) in known.cases[case.ref].owners:
            return None
        named = {mail.in_reply_to, *mail.references} - {""}
        for one in reversed(papers):
            if named & set(one.mail_ids):
                return one
        return _numbered(papers, case, mail.subject) or _numbered(papers, case, own_words(text))
    return _numbered(papers, case, text)


def _numbered(papers: Sequence[Letter], case: Case, text: str) -> Letter | None:
    numbers = {number for ref, number in reference.labels_in(text) if ref == case.ref}
    found = [one for one in papers if one.number in numbers]
    return found[0] if len(found) == 1 else None
