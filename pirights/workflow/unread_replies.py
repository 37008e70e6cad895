"""Letters wait until a person has said what the replies are that they rest on."""

from collections.abc import Iterable

from pirights.domain import told_reply
from pirights.domain.reply import FINAL, Reply
from pirights.errors import NotNextStep, message
from pirights.workflow.next_letter import Setting


def refuse_unread(setting: Setting, replies: Iterable[Reply]) -> None:
    """Refuse while the kind of a reply is a suggestion from its words.

    Args:
        setting: The letter that is about to be written.
        replies: Those on whose kind it rests.

    Raises:
        NotNextStep: So it is of one of them, and no marks stand for it.
    """
    one = told_reply.unread(replies, setting.request)
    if one is None:
        return
    words = {"label": one.label, "ref": setting.found.case.ref}
    raise NotNextStep(
        message(
            "Nobody has confirmed yet what {label} seems to say: {kind}. This letter would rest "
            "on it.",
            label=one.label,
            kind=one.kind,
        ),
        hint=message(
            "Read it, then `pirights reply confirm {label}`; or mark the items as it answers "
            "them: `pirights reply score {ref} --item 3=refused`. If the suggestion is wrong: "
            "`pirights reply correct {label} --kind KIND --because TEXT`.",
            **words,
        )
        if one.kind in FINAL
        else message(
            "Read it, then `pirights reply confirm {label}`. If the suggestion is wrong: "
            "`pirights reply correct {label} --kind KIND --because TEXT`.",
            **words,
        ),
    )


def refuse_unmarked(setting: Setting) -> None:
    """Refuse while items of the request are not marked; of a later step they need not be.

    Raises:
        NotNextStep: So it is.
    """
    left = told_reply.unmarked(setting.request)
    if left:
        raise NotNextStep(
            message(
                "An answer came, and these items are not marked by it yet: {items}.",
                items=[str(number) for number in left],
            ),
            hint=message(
                "Mark each as given, partial, refused or silent: `pirights reply score {ref} "
                "--item {first}=given`.",
                ref=setting.found.case.ref,
                first=left[0],
            ),
        )
