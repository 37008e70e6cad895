"""What is said when a mail was not taken, or nobody knows whether it was."""

from pirights.domain.dispatch import Letter, Sending
from pirights.errors import Cancelled, NetworkRefused, message
from pirights.mail.smtp import Fate, Outcome


def failure(letter: Letter, attempt: Sending, outcome: Outcome) -> NetworkRefused | Cancelled:
    """Say why a mail was not taken, or that its end is not known, and what to do then.

    Args:
        letter: What the mail held.
        attempt: To send it.
        outcome: What became of the attempt.
    """
    words = {"label": letter.label, "server": attempt.server, "reason": outcome.reason}
    if outcome.fate is Fate.UNCERTAIN:
        said = message(
            "Letter {label} was handed to {server}, but the end is not known: {reason}. It may be "
            "under way.",
            **words,
        )
        hint = message(
            "Look in your folder of sent mails for {id} before anything else. If it left: "
            "`pirights sent {ref} --channel email`. If not: the same command with --smtp --again.",
            id=letter.id_of(attempt),
            ref=letter.shortest,
        )
    elif outcome.fate is Fate.DEFERRED:
        said = message("{server} did not take letter {label} for now: {reason}.", **words)
        hint = message("Nothing was sent. Run the same command again later.")
    else:
        said = message("Letter {label} was not sent through {server}: {reason}.", **words)
        hint = message(
            "Nothing was sent. Check the address, `pirights mail show` and the password, then run "
            "the same command again."
        )
    if outcome.interrupted:
        return Cancelled(said, hint=hint)
    return NetworkRefused(said, hint=hint)
