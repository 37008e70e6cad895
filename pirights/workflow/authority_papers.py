"""The papers that go to an authority, each with the function that writes it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pirights.domain.document import Document
from pirights.domain.escalation import FollowUp
from pirights.errors import Message
from pirights.workflow import (
    complaining,
    consumer_complaining,
    police_reporting,
    public_interest,
)
from pirights.workflow.next_letter import Setting

WRITTEN: Final[Mapping[FollowUp, Callable[[Setting], tuple[Document, Sequence[Message]]]]] = {
    FollowUp.REGULATOR: complaining.written,
    FollowUp.CONSUMER: consumer_complaining.written,
    FollowUp.POLICE: police_reporting.written,
    FollowUp.PROCURATORATE: public_interest.written,
}
