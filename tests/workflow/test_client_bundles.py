"""A bundle of each case of one client, and nothing in them of another on the same sheet."""

import json
from pathlib import Path

import pytest

from pirights.domain.request import Right
from pirights.errors import NotFound
from pirights.render.raster import text_of_pdf
from pirights.workflow import bundles, client_bundles
from pirights.workflow.desk import Desk
from tests.workflow import clinic, office
from tests.workflow.test_bundles import files


def octets(path: Path) -> bytes:
    """Everything in a bundle, its names, and the words of its PDFs."""
    held = files(path)
    words = [text_of_pdf(data) for name, data in held.items() if name.endswith(".pdf")]
    return b"\0".join(
        [*held.values(), *(one.encode() for one in (*held, *("".join(w.split()) for w in words)))]
    )


def test_each_case_of_the_client_gets_a_bundle_named_by_its_reference(
    desk: Desk, tmp_path: Path
) -> None:
    people = clinic.furnish(desk, tmp_path)
    more = office.case(desk, Right.COPY, handler=1, person=3, encounters=(3,)).case.ref
    done = client_bundles.build(desk, 3, out=tmp_path / "out")
    assert [one.ref for one in done] == [people.second.ref, more]
    assert all(one.built is not None for one in done)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        name for ref in (people.second.ref, more) for name in (ref, f"{ref}-root.pdf")
    )
    for one in done:
        assert bundles.check(tmp_path / "out" / one.ref, strict=True).valid


def test_clients_of_one_sheet_against_one_handler_leave_no_octet_in_each_others_bundle(
    desk: Desk, tmp_path: Path
) -> None:
    people = clinic.furnish(desk, tmp_path)
    client_bundles.build(desk, 2, out=tmp_path / "first")
    client_bundles.build(desk, 3, out=tmp_path / "second")
    salts = {
        client.ref: {
            row.salt
            for row in desk.vault.journal_rows()
            if row.subject.startswith((client.ref, f"E{client.number}"))
        }
        for client in (people.first, people.second)
    }
    pairs = ((people.first, people.second, "first"), (people.second, people.first, "second"))
    for ours, other, folder in pairs:
        data = octets(tmp_path / folder / ours.ref)
        assert ours.words[-1].encode() in data
        forms = [*other.words, *(json.dumps(word)[1:-1] for word in other.words)]
        assert [word for word in forms if word.encode() in data] == []
        assert not any(salt.encode() in data for salt in salts[other.ref])
        assert b"0123456789abcdef" not in data, "the run of the sheet joins the two"


def test_a_bundle_that_cannot_be_made_does_not_keep_the_others(desk: Desk, tmp_path: Path) -> None:
    people = clinic.furnish(desk, tmp_path)
    more = office.case(desk, Right.COPY, handler=1, person=3, encounters=(3,)).case.ref
    (tmp_path / "out" / people.second.ref / "mine").mkdir(parents=True)
    one, two = client_bundles.build(desk, 3, out=tmp_path / "out")
    assert "exists already" in str(one.problem)
    assert two.ref == more
    assert two.built is not None


def test_a_client_who_is_unknown_or_has_no_case_is_told(desk: Desk, tmp_path: Path) -> None:
    for number in (1, 9):
        with pytest.raises(NotFound):
            client_bundles.build(desk, number, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
