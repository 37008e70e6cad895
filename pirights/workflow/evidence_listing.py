"""The evidence list (证据目录) for a court: the rows and pages of the bundle's own catalogue."""

from collections.abc import Sequence

from pirights.domain import bundle_papers
from pirights.domain.bundle_papers import Columns
from pirights.domain.document import Document
from pirights.errors import Message, NotNextStep, message
from pirights.workflow import binding, cases
from pirights.workflow.enclosing import Enclosing


def written(making: Enclosing) -> tuple[Document, Sequence[Message]]:
    """Make the list of what a bundle of this moment would hold.

    Raises:
        NotNextStep: The case holds nothing yet that could be listed.
    """
    desk = making.desk
    shown = cases.show(desk, making.found.case.ref)
    bundled = binding.paged(desk, shown)
    if not bundled.exhibits:
        raise NotNextStep(message("The case holds no exhibits yet."))
    facts = binding.facts(
        desk, shown, bundled, name="", on=making.letter.on, letters=making.letters
    )
    columns = Columns(copies=making.details.copies, originals=not making.details.without_originals)
    return bundle_papers.catalogue(facts, bundled.exhibits, columns), (
        message(
            "Its rows and pages are those of a bundle built now: `pirights bundle build {ref} "
            "--out FOLDER` makes the bound exhibits.",
            ref=making.found.case.ref,
        ),
        *bundled.notices,
    )
