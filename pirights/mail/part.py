"""A part of a mail whose own words about itself may be junk.

The standard parser asks a part for its type, its boundary and its file name, and so does the
reader after it. Parameters cut into pieces (RFC 2231), written to that end, make these questions
fail in ways no caller foresees; here, and only here, each then has an empty answer.
"""

from collections.abc import Callable
from email.message import Message
from email.utils import collapse_rfc2231_value
from typing import Any, Final, TypeVar

_Found = TypeVar("_Found")

_JUNK: Final = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)
"""What the standard library raises where a header is not what it takes for granted."""


class Part(Message):
    """A message or a part of one, asked without risk."""

    def get_param(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (as it is declared)
        """Return a parameter of `Content-Type`, or of the header that is named."""
        return _asked(lambda: super(Part, self).get_param(*args, **kwargs), None)

    def get_boundary(self, failobj: Any = None) -> Any:  # noqa: ANN401 (as it is declared)
        """Return the line between the parts."""
        return _asked(lambda: super(Part, self).get_boundary(failobj), failobj)

    def get_content_type(self) -> str:
        """Return the media type, in lower case."""
        return _asked(super().get_content_type, "text/plain")

    def get_content_disposition(self) -> str | None:
        """Return `attachment`, `inline` or whatever else is said."""
        return _asked(super().get_content_disposition, None)

    def get_payload(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 (as it is declared)
        """Return the content as it stands, or the parts."""
        return _asked(lambda: super(Part, self).get_payload(*args, **kwargs), "")

    def header(self, name: str) -> str:
        """Return a header as it stands, or nothing."""
        return _asked(lambda: str(self.get(name, "") or ""), "")

    def parameter(self, name: str) -> str:
        """Return a parameter of `Content-Type` in plain words, or nothing."""
        return _asked(lambda: collapse_rfc2231_value(self.get_param(name, "") or ""), "")

    def file_name(self) -> str:
        """Return the file name as it is encoded, or nothing."""
        return _asked(lambda: str(self.get_filename() or ""), "")

    def octets(self) -> bytes:
        """Return the content, its transfer encoding undone."""
        content = self.get_payload(decode=True)
        return content if isinstance(content, bytes) else b""

    def inner(self) -> list["Part"]:
        """Return the parts it holds, or the mail it carries."""
        children = self.get_payload()
        if not isinstance(children, list):
            return []
        return [child for child in children if isinstance(child, Part)]


def _asked(question: Callable[[], _Found], otherwise: _Found) -> _Found:
    try:
        return question()
    except _JUNK:
        return otherwise
