"""Merged cells found in a sheet's XML, and which rows they cover."""

import io

import pytest

from pirights.errors import BadInput
from pirights.workflow import merged_cells
from pirights.workflow.merged_cells import Covering, Merged


def found(xml: str) -> list[tuple[str, range, range]]:
    merged = merged_cells.found_in(io.BytesIO(xml.encode()))
    return [(one.ref, one.rows, one.columns) for one in merged]


def test_ranges_are_found_in_the_order_of_their_rows() -> None:
    xml = (
        "<worksheet><sheetData><row><c><is><t>&lt;mergeCell ref='A1:A9'/></t></is></c></row>"
        '</sheetData><mergeCells count="3"><mergeCell ref="AA5:AB5"/><x:mergeCell ref=\'B2:C3\'/>'
        '<mergeCell ref="D4:D4"/></mergeCells></worksheet>'
    )
    assert found(xml) == [
        ("B2:C3", range(2, 4), range(1, 3)),
        ("AA5:AB5", range(5, 6), range(26, 28)),
    ]


@pytest.mark.parametrize("before", range(65_500, 65_560, 7))
def test_a_range_across_two_pieces_is_found_once(before: int) -> None:
    assert len(found(" " * before + '<mergeCell ref="A1:B2"/>' + " " * 70_000)) == 1


def test_more_ranges_than_a_sheet_can_need_are_refused() -> None:
    with pytest.raises(BadInput, match="merged cells"):
        found('<mergeCell ref="A1:B2"/>' * (merged_cells.LIMIT + 1))


def test_a_row_is_covered_by_the_ranges_that_have_begun_and_not_ended() -> None:
    first = Merged(ref="A2:A5", rows=range(2, 6), columns=range(1))
    second = Merged(ref="B4:C4", rows=range(4, 5), columns=range(1, 3))
    covering = Covering([first, second])
    of = {row: sorted(one.ref for one in covering.of(row)) for row in (1, 2, 4, 5, 9)}
    assert of == {1: [], 2: ["A2:A5"], 4: ["A2:A5", "B4:C4"], 5: ["A2:A5"], 9: []}


def test_more_ranges_than_can_stand_side_by_side_are_refused() -> None:
    ranges = [
        Merged(ref=str(place), rows=range(1, 3), columns=range(place, place + 2))
        for place in range(merged_cells.SIDE_BY_SIDE + 1)
    ]
    assert len(list(Covering(ranges[1:]).of(1))) == merged_cells.SIDE_BY_SIDE
    with pytest.raises(ValueError, match="over each other"):
        Covering(ranges).of(1)
