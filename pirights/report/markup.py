"""Words and tables as HTML: every text that is foreign or translated is escaped here, once."""

import html
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from pirights.errors import Message
from pirights.render.printable import readable


@dataclass(frozen=True, slots=True)
class Html:
    """Markup of our own making; whatever is no `Html` is text."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes HTML in one language.

    Attributes:
        say: Says a value in that language.
        tag: The language (RFC 5646).
    """

    say: Callable[[object], str]
    tag: str

    def text(self, value: object) -> str:
        """Write a value: as it is where it is markup of ours, else escaped, line breaks kept."""
        if isinstance(value, Html):
            return value.text
        return html.escape(readable(self.say(value))).replace("\n", "<br>")

    def element(self, name: str, value: object) -> str:
        """Write an element around a value."""
        return f"<{name}>{self.text(value)}</{name}>"

    def note(self, value: object) -> str:
        """Write a paragraph beside the matter: what is not there, cut short, or to be known."""
        return f'<p class="note">{self.text(value)}</p>'

    def link(self, target: str, value: object) -> Html:
        """Write a link to a place in the page; `target` is a label of ours, such as P7."""
        return Html(f'<a href="#{html.escape(target)}">{self.text(value)}</a>')

    def table(
        self,
        kind: str,
        head: Sequence[object],
        rows: Iterable["Row"],
        *,
        caption: Message,
    ) -> Iterable[str]:
        """Write a table; the first cell of each row is its heading."""
        yield f'<table class="{kind}">'
        yield self.element("caption", caption)
        cells = "".join(f'<th scope="col">{self.text(cell)}</th>' for cell in head)
        yield f"<thead><tr>{cells}</tr></thead><tbody>"
        for row in rows:
            named = f' id="{html.escape(row.name)}"' if row.name else ""
            marked = f' class="{row.kind}"' if row.kind else ""
            first, *others = row.cells
            told = "".join(f"<td>{self.text(cell)}</td>" for cell in others)
            yield f'<tr{named}{marked}><th scope="row">{self.text(first)}</th>{told}</tr>'
        yield "</tbody></table>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a table.

    Attributes:
        name: By which links find it; empty for none.
        kind: Its class in the style sheet; empty for none.
    """

    cells: Sequence[object]
    name: str = ""
    kind: str = ""
