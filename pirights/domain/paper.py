"""The papers that go beside a letter (随附材料): made from the case each time, never messages."""

from enum import StrEnum


class Paper(StrEnum):
    """A paper that goes beside a letter; its value is the template's id, if it has one."""

    POA = "poa"
    EMS = "ems"
    DELETION_CHECKLIST = "deletion-checklist"
    CATALOGUE = "catalogue"


class Errand(StrEnum):
    """What an agent is sent for."""

    LETTERS = "letters"
    COURT = "court"
