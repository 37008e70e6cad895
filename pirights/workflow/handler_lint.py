"""Looking through the directory, or at one handler in it."""

from pirights.domain import handler_lint
from pirights.domain.handler import Handler
from pirights.domain.handler_lint import Problem
from pirights.workflow.desk import Desk


def problems(desk: Desk, number: int | None = None) -> list[Problem]:
    """Say what may be wrong, in the order of the directory.

    Raises:
        NotFound: An unknown handler.
    """
    if number is not None:
        desk.vault.get(Handler, number)
    everyone = desk.vault.find_all(Handler, newest_first=False)
    found = handler_lint.problems(everyone, today=desk.today)
    return [one for one in found if number is None or one.handler == f"H{number}"]
