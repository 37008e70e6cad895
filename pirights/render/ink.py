"""Set lines and rules as the operators of a PDF page (ISO 32000-1, 9.4 and 8.5)."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from pirights.render import fonts
from pirights.render.typeset import SetLine

if TYPE_CHECKING:
    from pirights.render.embedding import SubsetFont

_LEAST: Final = 0.0005
"""An addition below this, in em, is not written."""


class Pen:
    """Writes on one document, giving out codes of its fonts as it goes."""

    def __init__(self, document: Any) -> None:  # noqa: ANN401  reportlab is untyped
        self._document = document
        self._faces: Mapping[str, SubsetFont] = fonts.register()
        self._names: dict[str, str] = {}

    def text(self, line: SetLine, x: float, y: float) -> str:
        """Draw a set line with its baseline at `y`, from `x` on."""
        if not line.sorts:
            return ""
        operators = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"]
        start = 0
        for face, end in self._runs(line):
            operators.append(f"{self._name(face)} {line.size:g} Tf")
            operators.append(self._show(face, line.sorts[start:end], line.extra[start:end]))
            start = end
        return " ".join((*operators, "ET"))

    def _show(self, face: str, sorts: str, extra: Sequence[float]) -> str:
        codes = self._faces[face].codes(sorts, self._document)
        if not any(extra):
            return f"<{''.join(codes)}> Tj"
        moves = {more: _move(more) for more in set(extra)}
        shown = "".join([code + moves[more] for code, more in zip(codes, extra, strict=True)])
        return f"[<{shown}>] TJ"

    def _runs(self, line: SetLine) -> list[tuple[str, int]]:
        """Split a line where its face lacks a character: each face with the run's end."""
        if fonts.advances(line.face).foreign.isdisjoint(line.sorts):
            return [(line.face, len(line.sorts))]
        other = fonts.SANS if line.face == fonts.SERIF else fonts.SERIF
        foreign = fonts.advances(line.face).foreign
        runs: list[tuple[str, int]] = []
        for at, sort in enumerate(line.sorts):
            face = other if sort in foreign else line.face
            if runs and runs[-1][0] == face:
                runs[-1] = (face, at + 1)
            else:
                runs.append((face, at + 1))
        return runs

    def _name(self, face: str) -> str:
        if (name := self._names.get(face)) is None:
            name = self._names[face] = self._faces[face].getSubsetInternalName(0, self._document)
        return name


def _move(more: float) -> str:
    """Write an addition between two codes; TJ counts thousandths of an em, leftwards."""
    return f">{-1000 * more:.1f}<" if abs(more) > _LEAST else ""


def rule(x0: float, y0: float, x1: float, y1: float) -> str:
    """Draw a straight line."""
    return f"{x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S"
