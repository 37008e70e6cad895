"""Encounters in and out as CSV: the bad rows named, the good ones taken, nothing lost."""

import codecs
from pathlib import Path

import pytest

from tests.scenarios import stage as stages
from tests.scenarios.stage import Stage

HEADING = "at,place,venue,handler,mode,notice,consent,separate_consent,alternative,purpose,note\n"
MIXED = (
    HEADING + '2026-11-20 18:05,东门,shop,H1,verification,no,no,no,no,安全,"两\n行"\n'
    "2026-02-30 18:05,东门,shop,,,,,,,,\n"
    "\n"
    "2026-11-20 18:06,,nowhere,H9,,maybe,,,,,\n"
    "2026-11-24 18:05,东门,shop,,,,,,,,\n"
    "2026-11-20 18:07,西门,学校,新的公司;H1:vendor,,,,,,,\n"
)


def test_bad_rows_are_named_by_line_and_column_and_the_good_ones_taken(stage: Stage) -> None:
    stage.run("handler", "add", "--name", "某公司")
    sheet = stage.file("mixed.csv", MIXED.encode())
    told = stage.data("log", "import", sheet, code=40)
    assert (told["added"], told["failed"], told["ids"]) == (2, 3, ["E1", "E2"])
    found = [(one["row"], one["line"], one["column"]) for one in told["errors"]]
    assert found == [
        (3, 4, "at"),
        (5, 6, "place"),
        (5, 6, "venue"),
        (5, 6, "notice"),
        (6, 7, "at"),
    ]
    assert "2026-02-30" in told["errors"][0]["problem"]
    assert [one["name"] for one in told["new_handlers"]] == ["新的公司"]
    one = stage.data("log", "show", "E1")
    assert (one["note"], one["local"], one["mode"]) == (
        "两\n行",
        "2026-11-20 18:05",
        "verification",
    )
    assert stage.data("vault", "check")["clean"] is True


def test_a_handler_that_is_not_there_is_a_bad_row(stage: Stage) -> None:
    sheet = stage.file("a.csv", b"at,place,venue,handler\n2026-11-20 18:05,x,shop,H9\n")
    told = stage.data("log", "import", sheet, code=40)
    assert [(one["line"], one["column"]) for one in told["errors"]] == [(2, "handler")]
    assert "H9" in told["errors"][0]["problem"]
    assert stage.data("log", "list")["total"] == 0


def test_circumstances_come_in_with_a_sheet_and_an_unknown_word_is_a_bad_cell(
    stage: Stage,
) -> None:
    text = (
        "时间,地点,场所类型,情节\n"
        "2026-11-20 18:05,东门,学校,不满十四周岁；监护人同意=否\n"
        "2026-11-20 18:06,东门,学校,刷脸了\n"
    )
    told = stage.data("log", "import", stage.file("a.csv", text.encode()), code=40)
    assert [(one["row"], one["column"]) for one in told["errors"]] == [(3, "circumstances")]
    assert "刷脸了" in told["errors"][0]["problem"]
    assert "under-14" in told["errors"][0]["problem"]
    one = stage.data("log", "show", "E1")
    assert (one["circumstances"], one["ruled_out"]) == (["under-14"], ["guardian-consent"])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_people_read_which_rows_failed(language: str, stage: Stage) -> None:
    sheet = stage.file("mixed.csv", MIXED.encode().replace(b",H1,", b",,"))
    ended = stage.run("log", "import", sheet, "--lang", language, code=40)
    assert "2026-02-30" in ended.out
    assert ended.out.startswith("1 " if language == "en" else "已") or "1" in ended.out


@pytest.mark.parametrize(
    "data",
    [
        MIXED.encode("gb18030"),
        codecs.BOM_UTF8 + MIXED.encode(),
        MIXED.encode("utf-16"),
        MIXED.replace("\n", "\r\n").encode(),
        MIXED.replace(",", ";").replace("公司;H1", "公司,H1").encode(),
    ],
    ids=["GB 18030", "UTF-8 with a mark", "UTF-16", "CR LF", "semicolons"],
)
def test_a_sheet_is_read_however_a_spreadsheet_wrote_it(data: bytes, stage: Stage) -> None:
    stage.run("handler", "add", "--name", "某公司")
    told = stage.data("log", "import", stage.file("sheet.csv", data), code=40)
    assert "E1" in told["ids"]
    one = stage.data("log", "show", "E1")
    assert (one["place"], one["purpose"]) == ("东门", "安全")


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n\n", b"\x00\xff\xfe\x81", b"at,place\n", b"at,place,venue,colour\n", b'"at,pl'],
    ids=["empty", "blank", "no text", "no venue", "unknown heading", "torn"],
)
def test_what_is_no_sheet_is_refused_whole(data: bytes, stage: Stage) -> None:
    stage.refusal("log", "import", stage.file("sheet.csv", data), code=14)
    assert stage.data("log", "list")["total"] == 0


def test_export_then_import_then_export_gives_the_same_octets(stage: Stage, tmp_path: Path) -> None:
    names = ("某公司", "某公司", "H2", "甲;乙:vendor", "=1+1", "'quoted'", "尾\\")
    for name in names:
        stage.run("handler", "add", "--name", name)
    everyone = [word for n in (1, 3, 4, 5, 6, 7) for word in ("--handler", f"H{n}:vendor")]
    stage.log_scan("--note", "=1\n'=2\n\n“引”\t尾", "--refused", "--minor", "--about", *everyone)
    stage.log_scan("--zone", "America/New_York", at="2026-11-01 01:30-05:00", place="'=")
    stage.log_scan("--exemption", '"', "--purpose", ",", "--public-place", "yes", place="+1")
    known = ("--circumstance", "under-14", "--circumstance", "shared=no")
    stage.log_scan("--note", "\u3000两 边 有 空 白\u3000", *known, place="@x")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    stage.run("log", "export", "--out", str(first))

    other = stages.make(tmp_path / "other")
    for name in names[:2]:
        other.run("handler", "add", "--name", name)
    told = other.data("log", "import", str(first))
    assert (told["added"], told["errors"]) == (4, [])
    other.run("log", "export", "--out", str(second))
    assert second.read_bytes() == first.read_bytes()

    def without_numbers(one: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in one.items() if name not in {"id", "handlers"}}

    assert "under-14; shared=no" in first.read_text(encoding="utf-8-sig")
    before = stage.data("log", "list")["encounters"]
    after = other.data("log", "list")["encounters"]
    assert [without_numbers(one) for one in after] == [without_numbers(one) for one in before]
