"""What every PDF here is: A4, dated like the paper it holds, without a word on who wrote it."""

from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from reportlab.pdfbase import pdfdoc

from pirights.domain.document import Letters

A4: Final = (595.276, 841.89)
"""Width and height in points: 210 mm by 297 mm."""

TAGS: Final = {Letters.ZH: "zh-CN", Letters.EN: "en", Letters.BOTH: "zh-CN"}
"""The file's language (RFC 5646): that of the binding text."""


class Facts(pdfdoc.PDFInfo):  # type: ignore[misc]
    """The information dictionary: title and dates, and nothing about who or what wrote it."""

    def __init__(self, title: str, stamp: str) -> None:
        super().__init__()
        self.title = title
        self._stamp = stamp

    def format(self, document: Any) -> Any:  # noqa: ANN401  reportlab is untyped
        """Write the dictionary, as reportlab asks for it when the file is finished."""
        stamp = pdfdoc.PDFString(self._stamp)
        entries = {"Title": pdfdoc.PDFString(self.title), "CreationDate": stamp, "ModDate": stamp}
        return pdfdoc.PDFDictionary(entries).format(document)


def pdf_date(on: date, zone: str) -> str:
    """Write the midnight that begins a day as a PDF date (ISO 32000-1, 7.9.4)."""
    moment = datetime.combine(on, time(), ZoneInfo(zone))
    offset = moment.strftime("%z")
    return f"D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}'"
