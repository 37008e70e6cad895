"""What a scan may mean in law, asked on the command line: of one, of all, of the demo's case."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pirights import assessment_data
from pirights.cli.layout import cells
from pirights.domain.encounter import Actor, Encounter
from pirights.domain.handler import Handler, Venue
from pirights.errors import Message
from pirights.workflow import demo, demo_files, vault_care
from pirights.workflow.desk import Desk
from tests.conftest import Golden
from tests.scenarios.stage import PASSPHRASE, Stage
from tests.scenarios.terminal import at_terminal
from tests.scenarios.test_foreign_text import MARKUP, acts

GATE = ("--mode", "verification", "--notice", "no", "--consent", "no", "--alternative", "no")
NOT_A_LAWYER = {"en": "pirights is not a lawyer", "zh": "pirights 不是律师"}


def silent(_: Message) -> None:
    """Say nothing."""


def desk_of(stage: Stage, now: datetime) -> Desk:
    return vault_care.desk(stage.vault, given=lambda: PASSPHRASE, prompt=lambda: None, now=now)


def rules(told: dict[str, Any], *, open_: bool = False) -> list[str]:
    return [one["rule"] for one in told["findings"] if one["open"] is open_]


def asked(told: dict[str, Any]) -> set[str]:
    within = {each["id"] for one in told["findings"] for each in one["missing"]}
    return within | {each["id"] for each in told["questions"]}


# --- one


def test_a_scan_is_assessed_with_what_follows_and_whom_to_ask(stage: Stage) -> None:
    stage.run("handler", "add", "--name", "某公司")
    stage.log_scan("--handler", "H1", *GATE, "--purpose", "公共安全")
    told = stage.data("log", "assess", "E1")
    assert (told["id"], told["on"]) == ("E1", "2026-11-20")
    assert rules(told) == [
        "no-sign",
        "no-notice",
        "no-consent",
        "no-separate-consent",
        "sole-means",
    ]
    assert rules(told, open_=True) == []
    assert told["next"][0]["document"] == "request"
    rights = set(told["next"][0]["rights"])
    assert rights - {"access", "copy"} == {"know", "delete", "explain", "alternative"}
    assert told["next"][1:] == [{"document": "preserve", "rights": []}]
    (only,) = told["addressees"]
    assert (only["handler"], only["address"]) == ("H1", True)
    assert told["authorities"][0] == "local-cac"
    assert told["video_until"] == "2026-12-20"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_people_read_law_argument_question_and_the_next_command(
    stage: Stage, language: str
) -> None:
    stage.run("handler", "add", "--name", "某公司")
    stage.log_scan("--handler", "H1", *GATE)
    out = stage.run("log", "assess", "E1", "--lang", language).out
    for sentence in {
        "en": (
            "1. Image or identification devices in a public place without a conspicuous sign may",
            "Personal Information Protection Law of the PRC, Article 26",
            "There is a sign at the entrance or elsewhere, and it was overlooked.",
            "Open, until more is known:",
            "frt-measures-2025:13(1): only extracts read.",
            "某公司 (operator)",
        ),
        "zh": (
            "1. 公共场所安装图像采集、个人身份识别设备而未设显著提示标识，可能不符合法律要求。",
            "《中华人民共和国个人信息保护法》第二十六条",
            "入口或者其他位置设有标识，只是未被注意。",
            "对方把所收集的信息用于什么：只用于维护公共安全，还是另有用途？",
            "frt-measures-2025:13(1)：只见节录",
            "某公司（经营者）",
        ),
    }[language]:
        assert sentence in out, sentence
    assert "pirights request new --handler H1 --encounter E1 --right know" in out
    assert "pirights log edit E1" in out
    assert "2026-12-20" in out
    assert out.count(NOT_A_LAWYER[language]) == 1


def test_the_command_that_it_names_is_one_that_works(stage: Stage) -> None:
    stage.run("handler", "add", "--name", "某公司")
    stage.log_scan("--handler", "H1", *GATE)
    out = stage.run("log", "assess", "E1").out
    (command,) = [part for part in out.split("`") if part.startswith("pirights request new")]
    made = stage.data(*command.split()[1:])
    assert made["ref"].startswith("PR-2026-")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_scan_of_which_little_is_known_opens_questions_and_asks(
    stage: Stage, language: str
) -> None:
    stage.log_scan()
    out = stage.run("log", "assess", "E1", "--lang", language).out
    assert {"en": "the facts suggest nothing yet", "zh": "E1"}[language] in out
    assert "--notice yes|no" in out
    assert "--circumstance shared" in out
    assert "pirights handler add" in out
    assert "request new" not in out


def test_older_facts_are_under_older_law(stage: Stage) -> None:
    stage.log_scan(*GATE, at="2019-07-01 10:00")
    told = stage.data("log", "assess", "E1")
    cited = {key for one in told["findings"] for key in one["provisions"]}
    assert cited == {"csl-2016:41(1)"}
    assert told["video_until"] is None
    out = stage.run("log", "assess", "E1", "--lang", "zh").out
    assert "《中华人民共和国网络安全法》（2025年修正前）第四十一条第一款" in out


def test_video_that_may_be_gone_by_now_is_not_said_to_be_kept(stage: Stage) -> None:
    stage.log_scan(at="2026-10-25 18:05")
    stage.log_scan(at="2026-10-23 18:05")
    assert "kept until 2026-11-24" in stage.run("log", "assess", "E1").out
    assert "must be kept until 2026-11-22" not in stage.run("log", "assess", "E2").out


def test_an_unknown_encounter_and_a_bad_label_are_told_apart(stage: Stage) -> None:
    stage.log_scan()
    assert "E9" in stage.refusal("log", "assess", "E9", code=12)["message"]
    for label in ("X1", "H1", "E", "E-1", "1.5", ""):
        assert stage.refusal("log", "assess", label, code=14)["message"]
    assert stage.data("log", "assess", "e1")["id"] == "E1"


# --- what is written down besides


def test_an_answer_written_down_is_weighed_and_not_asked_again(stage: Stage) -> None:
    stage.log_scan("--circumstance", "shared")
    first = stage.data("log", "assess", "E1")
    assert "shared" in rules(first)
    assert {"purpose-ended", "notice"} <= asked(first)
    stage.run("log", "edit", "E1", "--circumstance", "目的已结束", "--notice", "yes")
    second = stage.data("log", "assess", "E1")
    assert {"shared", "retention"} <= set(rules(second))
    assert not asked(second) & {"purpose-ended", "shared", "notice"}
    stage.run("log", "edit", "E1", "--circumstance", "shared=no")
    third = stage.data("log", "assess", "E1")
    assert "retention" in rules(third)
    assert "shared" not in {*rules(third), *asked(third)}
    stage.run("log", "edit", "E1", "--circumstance", "shared=unknown")
    assert "shared" in asked(stage.data("log", "assess", "E1"))


def test_circumstances_are_added_to_those_before_and_shown(stage: Stage) -> None:
    stage.log_scan("--circumstance", "leak", "--circumstance", "resident=no")
    stage.run("log", "edit", "E1", "--circumstance", "shared", "--circumstance", "不满十四周岁=否")
    one = stage.data("log", "show", "E1")
    assert one["circumstances"] == ["leak", "shared"]
    assert one["ruled_out"] == ["resident", "under-14"]
    stage.run("log", "edit", "E1", "--note", "另记")
    assert stage.data("log", "show", "E1")["circumstances"] == ["leak", "shared"]
    stage.run("log", "edit", "E1", "--circumstance", "leak=no", "--circumstance", "shared=unknown")
    one = stage.data("log", "show", "E1")
    assert (one["circumstances"], one["ruled_out"]) == ([], ["leak", "resident", "under-14"])


@pytest.mark.parametrize("typed", ["shard", "shared=perhaps", "刷脸了", ""])
def test_an_unknown_circumstance_is_refused_and_named(stage: Stage, typed: str) -> None:
    stage.log_scan("--circumstance", "leak")
    told = stage.refusal("log", "edit", "E1", "--circumstance", typed, code=14)
    assert (typed.partition("=")[2] or typed) in told["message"]
    stage.refusal(
        "log", "add", "--at", "2026-11-20 18:05", "--place", "x", "--venue", "shop",
        "--circumstance", typed, code=14,
    )  # fmt: skip
    assert stage.data("log", "show", "E1")["circumstances"] == ["leak"]
    assert stage.data("log", "list")["total"] == 1


def test_of_a_day_before_the_law_data_it_is_said_how_far_they_reach(stage: Stage) -> None:
    stage.data("log", "add", "--at", "2017-05-31 09:00", "--place", "x", "--venue", "shop")
    stage.data("log", "add", "--at", "2017-06-01 09:00", "--place", "x", "--venue", "shop")
    said = "before 2017-06-01 is not held whole"
    assert said in stage.run("log", "assess", "E1", "--lang", "en").out
    assert said not in stage.run("log", "assess", "E2", "--lang", "en").out


def test_the_law_of_later_days_is_named_apart_and_with_its_reason(stage: Stage) -> None:
    known = stage.data("handler", "add", "--name", "某物业公司")["id"]
    stage.data(
        "log", "add", "--at", "2019-05-01 09:00", "--place", "x", "--venue", "residential",
        "--handler", f"{known}:property-manager", "--circumstance", "purpose-ended",
    )  # fmt: skip
    told = stage.data("log", "assess", "E1")
    assert told["addressees"]
    for one in (*told["findings"], *told["addressees"]):
        before = one.get("cites", one.get("provisions"))
        assert not [key for key in before if key.startswith(("pipl:", "spc-frt", "frt-"))]
    assert any(one["present"] for one in told["findings"])
    assert any(one["present"] for one in told["addressees"])
    assert "storing is handling too" in told["present_because"]
    assert "It is not for the scan itself" in stage.run("log", "assess", "E1", "--lang", "en").out
    stage.data("log", "edit", "E1", "--circumstance", "data-gone")
    told = stage.data("log", "assess", "E1")
    assert told["present_because"] is None
    assert not any(one["present"] for one in (*told["findings"], *told["addressees"]))


def test_what_is_not_known_is_never_told_as_a_fact(stage: Stage) -> None:
    stage.data("log", "add", "--at", "2026-10-01 09:00", "--place", "x", "--venue", "shop")
    lines = stage.run("log", "assess", "E1", "--lang", "en").out.splitlines()
    start = lines.index("Open, until more is known:")
    numbered = [line for line in lines[start:] if line[:1].isdigit()]
    assert numbered
    assert all(". If so: " in line for line in numbered)


def test_of_a_household_nobody_is_asked_for_anything(stage: Stage) -> None:
    stage.data(
        "log", "add", "--at", "2026-11-20 18:05", "--place", "楼道", "--venue", "residential",
        "--circumstance", "family-use",
    )  # fmt: skip
    told = stage.run("log", "assess", "E1", "--lang", "en").out
    assert "72(1)" in told
    for heading in ("Who is asked", "What to ask for", "Found without a face by", "Next:"):
        assert heading not in told


def test_every_option_that_a_question_names_is_taken(stage: Stage) -> None:
    stage.log_scan()
    for question in assessment_data.rules().questions.values():
        if question.option:
            option, _, values = question.option.partition(" | ")[0].partition(" ")
            first = {"TEXT": "统计客流"}.get(values, values.partition("|")[0])
            first = first.removesuffix("[=no]")
            stage.run("log", "edit", "E1", option, first)
    told = stage.data("log", "show", "E1")
    assert (told["notice"], told["mode"], told["purpose"]) == ("yes", "verification", "统计客流")
    assert "family-use" in told["circumstances"]


# --- all


def test_all_scans_are_counted_by_what_they_suggest(stage: Stage) -> None:
    for minute in range(3):
        stage.log_scan("--notice", "no", at=f"2026-11-1{minute} 18:05")
    stage.log_scan("--notice", "yes", "--circumstance", "leak", at="2026-11-15 18:05")
    told = stage.data("log", "assess")
    assert [one["id"] for one in told["assessments"]] == ["E4", "E3", "E2", "E1"]
    assert told["assessments"][0]["rules"] == ["leak"]
    assert told["assessments"][1]["rules"] == ["no-sign", "no-notice"]
    assert told["rules"] == {"no-notice": 3, "no-sign": 3, "leak": 1}
    assert list(told["rules"]) == ["no-notice", "no-sign", "leak"]
    assert told["total"] == 4


@pytest.mark.parametrize(("limit", "shown"), [("0", 0), ("2", 2), ("9", 3)])
def test_a_limit_shows_the_newest_and_says_how_many_there_are(
    stage: Stage, limit: str, shown: int
) -> None:
    for minute in range(3):
        stage.log_scan("--notice", "no", at=f"2026-11-1{minute} 18:05")
    told = stage.data("log", "assess", "--limit", limit)
    assert [one["id"] for one in told["assessments"]] == ["E3", "E2", "E1"][:shown]
    assert told["total"] == 3
    out = stage.run("log", "assess", "--limit", limit).out
    assert ("--all" in out) == (shown < 3)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Where there was no notice on the spot"),
        ("zh", "现场未见告知，又未以其他方式告知"),
    ],
)
def test_the_table_of_all_is_in_both_languages(stage: Stage, language: str, sentence: str) -> None:
    stage.log_scan("--notice", "no")
    out = stage.run("log", "assess", "--lang", language).out
    assert sentence in out
    assert "no-notice" in out
    assert "E1" in out


def test_an_empty_log_suggests_nothing(stage: Stage) -> None:
    told = stage.data("log", "assess")
    assert told == {"assessments": [], "rules": {}, "total": 0}
    assert stage.run("log", "assess").out == "No encounters.\n"


# --- foreign text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_markup_in_names_and_places_stays_text(stage: Stage, language: str) -> None:
    stage.run("handler", "add", "--name", f"[red]{MARKUP}[/red]")
    stage.log_scan("--handler", "H1", *GATE, "--purpose", MARKUP, place=MARKUP)
    assert f"[red]{MARKUP}[/red]" in stage.run("log", "assess", "E1", "--lang", language).out
    assert MARKUP in stage.run("log", "assess", "--lang", language).out


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_would_steer_a_terminal_is_shown_escaped(stage: Stage, language: str) -> None:
    """Typed, such a name is refused; a vault from elsewhere may hold one all the same."""
    now = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    desk = desk_of(stage, now)
    with desk.vault, desk.vault.change(now=now) as change:
        handler = change.add(Handler(id=0, name="某\x1b[31m公司\u202e"))
        change.add(
            Encounter(
                id=0,
                at=now,
                place="东\x9b31m门\x07",
                venue=Venue.SHOP,
                handlers=(Actor(handler=handler.id),),
            )
        )
    for words in (("E1",), ()):
        out = stage.run("log", "assess", *words, "--lang", language).out
        assert acts(out) == set()
    assert "公司" in stage.run("log", "assess", "E1").out
    assert acts(stage.run("log", "assess", "E1", "--json").out) == set()


# --- the demo's case


def test_the_demo_case_is_assessed_as_reviewed(tmp_path: Path, golden: Golden) -> None:
    """Reviewed against the statutes; what changes here is law, or a reading of it."""
    moment = {"SOURCE_DATE_EPOCH": str(int(demo.NOW.timestamp()))}
    home = tmp_path / "home"
    home.mkdir()
    stage = Stage(home=home, vault=home / "vault", environment=moment, inside=True)
    stage.data("init", "--name", demo_files.PERSON, "--no-keyring")
    files = tmp_path / "files"
    files.mkdir()
    desk = desk_of(stage, demo.NOW)
    with desk.vault:
        park = demo._handler(desk, silent)
        demo._encounters(desk, park, demo_files.write_all(files), silent)
    told = {label: stage.data("log", "assess", label, "--lang", "zh") for label in ("E1", "E2")}
    golden(
        "assessment/demo.json",
        json.dumps({**told, "all": stage.data("log", "assess")}, ensure_ascii=False, indent=1)
        + "\n",
    )


@pytest.mark.parametrize("language", ["en", "zh"])
def test_on_a_narrow_screen_a_long_option_stands_above_its_question(
    stage: Stage, language: str
) -> None:
    stage.log_scan()
    narrow = replace(stage, environment={**stage.environment, "COLUMNS": "80"})
    asks = {"en": "Passphrase or recovery code: ", "zh": "："}[language]
    code, seen = at_terminal(
        narrow, "log", "assess", "E1", "--lang", language, dialogue=[(asks, f"{PASSPHRASE}\n")]
    )
    assert code == 0
    lines = seen.split("\n")
    options = [place for place, line in enumerate(lines) if line.rstrip().endswith("[=no]")]
    at = options[0]
    assert lines[at + 1].startswith("    ")
    assert all(cells(line) <= 80 for line in lines)
