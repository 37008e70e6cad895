"""An annual card, a face gate and a suit, as somebody types it: from costs to the court's papers.

Modelled on what is publicly told of such cases; every name, number and date is made up.
"""

import json
import re
import subprocess
from pathlib import Path

import pytest

from tests.needs import program
from tests.scenarios.stage import Stage

PARTICULARS = "男，汉族，1990年3月5日出生，职员"
COURT = "杭州市余杭区人民法院"
REFUSAL = "经核查，我司无法向您提供上述信息，您的请求不予支持。"


@pytest.fixture
def refused(stage: Stage) -> tuple[Stage, str]:
    """An annual card of 2019, a second scan in 2026, and a request that was refused."""
    park = stage.data("handler", "add", "--name", "杭州样例野趣乐园有限公司")["id"]
    gate = ("--place", "样例乐园东门", "--venue", "scenic-area", "--handler", park)
    stage.run(
        *("log", "add", "--at", "2019-10-17 10:05", *gate, "--mode", "enrolment", "--refused"),
        *("--notice", "yes", "--alternative", "no"),
        *("--attach", stage.file("年卡发票.txt", "双人年卡 1360 元".encode())),
        *("--attach", stage.file("短信.txt", "未注册人脸识别将无法正常入园".encode())),
    )
    stage.run(
        *("log", "add", "--at", "2026-10-20 10:05", *gate, "--mode", "verification"),
        *("--notice", "no", "--consent", "no", "--separate-consent", "no", "--alternative", "no"),
    )
    rights = [part for right in ("access", "copy", "delete") for part in ("--right", right)]
    made = stage.data("request", "new", "--handler", park, *rights, "--date", "2026-10-21")
    ref = str(made["ref"])
    proof = stage.file("签收.txt", "已签收".encode())
    stage.run("sent", ref, "--channel", "ems", "--at", "2026-10-21", "--proof", proof)
    stage.run("received", ref, "--at", "2026-10-23", "--proof", proof)
    stage.run("reply", "add", ref, stage.file("答复.txt", REFUSAL.encode()), "--at", "2026-11-10")
    count = len([one for one in made["items"] if one["right"]])
    marks = [part for one in range(1, count + 1) for part in ("--item", f"{one}=refused")]
    stage.run("reply", "score", ref, *marks, "--cites", "商业秘密")
    return stage, ref


def spend(stage: Stage, ref: str) -> None:
    fare = stage.file("车票.txt", b"12.50")
    cost = ("case", "cost", ref)
    stage.run(*cost, "--kind", "travel", "--amount", "12.50", "--at", "2026-10-22", "--proof", fare)
    stage.run(*cost, "--kind", "notary", "--amount", "1,000", "--note", "网页公证")
    stage.run(*cost, "--kind", "lawyer", "--amount", "3000元")
    stage.run(*cost, "--kind", "refund", "--amount", "1360", "--note", "年卡", "--at", "2019-04-27")
    stage.run(*cost, "--kind", "travel", "--amount", "999")
    stage.run(*cost, "--void", "C5", "--because", "误记")


def test_costs_are_listed_with_their_sums_and_what_is_voided_stays_on_record(
    refused: tuple[Stage, str],
) -> None:
    stage, ref = refused
    spend(stage, ref)
    told = stage.data("case", "show", ref)
    assert [(one["id"], one["kind"], one["amount"]) for one in told["costs"]] == [
        ("C1", "travel", "12.50"),
        ("C2", "notary", "1000.00"),
        ("C3", "lawyer", "3000.00"),
        ("C4", "refund", "1360.00"),
        ("C5", "travel", "999.00"),
    ]
    assert told["costs"][4]["voided_because"] == "误记"
    assert told["cost_sums"] == {
        "expense": "1012.50",
        "lawyer": "3000.00",
        "contract": "1360.00",
    }
    assert "车票.txt" in [one["name"] for one in told["attachments"]]
    shown = stage.run("case", "show", ref, "--lang", "en").out
    assert "1,012.50" in shown
    assert "voided: 误记" in shown
    zh = stage.run("case", "show", ref, "--lang", "zh").out
    assert "合理开支" in zh
    assert "律师费" in zh


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--kind", "travel"), 2),
        (("--amount", "1"), 2),
        (("--kind", "travel", "--amount", "0"), 14),
        (("--kind", "travel", "--amount", "12.345"), 14),
        (("--kind", "other", "--amount", "1"), 14),
        (("--kind", "travel", "--amount", "1", "--at", "2027-01-01"), 14),
        (("--kind", "travel", "--amount", "1", "--because", "x"), 2),
        (("--void", "C1", "--kind", "travel"), 2),
        (("--void", "C9", "--because", "x"), 12),
        (("--void", "9", "--because", "x"), 14),
        (("--kind", "travel", "--amount", "1", "--proof", "nowhere.pdf"), 14),
    ],
)
def test_a_cost_that_cannot_be_is_refused_and_nothing_is_kept(
    case: tuple[Stage, str], words: tuple[str, ...], code: int
) -> None:
    stage, ref = case
    stage.refusal("case", "cost", ref, *words, code=code)
    assert stage.data("case", "show", ref)["costs"] == []


@program("pdftotext")
def test_from_a_refusal_to_the_courts_papers(refused: tuple[Stage, str], tmp_path: Path) -> None:
    stage, ref = refused
    spend(stage, ref)
    ended = stage.run(
        *("escalate", ref, "--as", "court", "--office", COURT, "--particulars", PARTICULARS),
        *("--claim", "判令被告就其行为向原告书面赔礼道歉。", "--json"),
    )
    done = ended.json()
    assert (done["kind"], done["message"], done["by"]) == ("court", f"{ref}/3", None)
    assert [(one["id"], one["grade"]) for one in done["jurisdiction"]] == [
        ("basic-court", "V"),
        ("internet-courts", "S"),
    ]
    assert done["limitation"]["on"] == "2029-10-20"
    assert "before the Civil Code" in ended.err
    assert "No proof is kept of these costs: C2; C3; C4" in ended.err
    assert "No prior request" not in ended.err

    shown = stage.data("request", "render", f"{ref}/3", "--text")["text"]
    text = re.sub(r"\s", "", shown)
    for words in (
        "民事起诉状",
        PARTICULARS,
        COURT,
        "合理开支人民币1012.50元：交通费12.50元（2026年10月22日）；公证费1000.00元",
        "合理的律师费用人民币3000.00元，由法院酌情认定",
        "退还或者赔偿人民币1360.00元：应退款项1360.00元（2019年4月27日，年卡）",
        "判令被告就其行为向原告书面赔礼道歉",
        "所称依据为“商业秘密”",
        "《中华人民共和国网络安全法》（2025年修正前）",
    ):
        assert words in text, words

    bag = tmp_path / "bag"
    stage.run("bundle", "build", ref, "--out", str(bag))
    rows = json.loads((bag / "data/01-catalogue.json").read_text(encoding="utf-8"))
    pages = {
        str(row["number"]): row["pages"]
        for row in (rows["exhibits"] if isinstance(rows, dict) else rows)
    }
    cited = re.findall(r"证据(\d+)（第([\d-]+)页）", text)
    assert len(cited) > 10
    assert all(pages[number] == page for number, page in cited)

    out = tmp_path / "catalogue.pdf"
    stage.run("request", "render", f"{ref}/3", "--paper", "catalogue", "--out", str(out))
    assert out.read_bytes().startswith(b"%PDF-")
    stage.run(
        *("request", "render", f"{ref}/3", "--paper", "catalogue", "--copies", "2"),
        *("--without-originals", "--out", str(out.with_suffix(".docx"))),
    )
    stage.refusal("request", "render", f"{ref}/3", "--copies", "2", "--text", code=2)

    filed = stage.run("sent", f"{ref}/3", "--channel", "webform", "--at", "2026-11-23")
    assert "7" in filed.out
    assert "126" in filed.out
    assert stage.data("case", "show", ref)["stage"] == "litigation"


def test_a_suit_before_the_request_left_is_written_with_a_loud_reason(
    case: tuple[Stage, str],
) -> None:
    stage, ref = case
    ended = stage.run("escalate", ref, "--as", "court", "--lang", "en")
    assert "No prior request can be proved" in ended.err
    assert "a hint only" in ended.out
    assert "--channel webform" in ended.out
    text = stage.data("request", "render", f"{ref}/2", "--text")["text"]
    assert "请求书发出和到达被告的日期：____" in text


@program("soffice", "pdftotext")
def test_a_word_processor_shows_every_claim_and_every_row(
    refused: tuple[Stage, str], tmp_path: Path
) -> None:
    stage, ref = refused
    spend(stage, ref)
    stage.run("escalate", ref, "--as", "court", "--letters", "zh")
    label = f"{ref}/3"
    files = [tmp_path / "complaint.docx", tmp_path / "list.docx"]
    stage.run("request", "render", label, "--out", str(files[0]))
    beside = ("--paper", "catalogue", "--copies", "2")
    stage.run("request", "render", label, *beside, "--out", str(files[1]))
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"),
            *("--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    shown = []
    for file in files:
        told = subprocess.run(
            ["pdftotext", "-layout", str(file.with_suffix(".pdf")), "-"],
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        shown.append(re.sub(r"\s", "", told.stdout))
    complaint, listed = shown
    assert complaint.count("判令") == 7
    assert "五、证据和证据来源" in complaint
    for word in ("第一组", "第六组", "份数", "原件/复印件", "证明目的", "提交人（签名）"):
        assert word in listed
    for number in range(1, 10):
        assert re.search(
            rf"{number}2019|{number}2026|{number}人脸|{number}个人|{number}寄送|{number}送达",
            listed,
        )
