"""An encounter written out for a bundle, with the moments at which it was put into the journal."""

from collections.abc import Iterable
from typing import Final

from pirights.domain.encounter import Answer, Circumstance, Encounter, ScanMode
from pirights.vault.journal import JournalRow
from pirights.workflow.encounter_words import CIRCUMSTANCES

_YES: Final = {
    Answer.YES: ("是", "yes"),
    Answer.NO: ("否", "no"),
    Answer.UNKNOWN: ("不清楚", "not known"),
}
_MODES: Final = {
    ScanMode.VERIFICATION: ("验证个人身份（1:1）", "verification (1:1)"),
    ScanMode.IDENTIFICATION: ("辨识特定个人（1:N）", "identification (1:N)"),
    ScanMode.ENROLMENT: ("录入人脸信息", "enrolment"),
    ScanMode.TEMPERATURE: ("测量体温", "temperature check"),
    ScanMode.COVERT: ("未告知的采集", "collection not made known"),
    ScanMode.UNKNOWN: ("不清楚", "not known"),
}


def written_out(encounter: Encounter, rows: Iterable[JournalRow]) -> str:
    """Write an encounter in Chinese and English, field by field.

    Args:
        encounter: As it now stands.
        rows: The journal's rows about it, oldest first.
    """
    facts = [
        ("时间", "Time", f"{encounter.local:%Y-%m-%d %H:%M} ({encounter.zone})"),
        ("时间是否为大致时间", "Time only approximate", _both(encounter.about)),
        ("地点", "Place", encounter.place),
        ("设备的处理方式", "What the device did", " / ".join(_MODES[encounter.mode])),
        ("现场有无告知或者标识", "Sign or notice", " / ".join(_YES[encounter.notice])),
        ("是否征得同意", "Consent", " / ".join(_YES[encounter.consent])),
        ("是否取得单独同意", "Separate consent", " / ".join(_YES[encounter.separate_consent])),
        ("是否提供其他方式", "Another way offered", " / ".join(_YES[encounter.alternative])),
        ("是否因未刷脸被拒绝服务", "Refused without a scan", _both(encounter.refused)),
        ("所称目的", "Purpose given", encounter.purpose),
        ("对方所称无须取得同意的理由", "Ground for no consent", encounter.exemption),
        ("被采集人是否未满十八周岁", "Under 18", _both(encounter.minor)),
        ("是否为公共场所", "Public place", " / ".join(_YES[encounter.public_place])),
        ("其他已知情节", "Known besides", _named(encounter.circumstances)),
        ("已排除的情节", "Known not to be so", _named(encounter.ruled_out)),
        ("备注", "Note", encounter.note),
    ]
    lines = [f"人脸识别经过记录 {encounter.label} / Record of a scan {encounter.label}", ""]
    lines += [f"{zh} / {en}: {value}" for zh, en, value in facts if value]
    lines += ["", "写入日志的时间（本机时钟） / Written to the journal (this computer's clock):"]
    lines += [f"#{row.seq}  {row.at}  {row.kind}\n    {row.hash}" for row in rows]
    return "\n".join(lines) + "\n"


def _named(circumstances: Iterable[Circumstance]) -> str:
    chinese = {kind: word for word, kind in reversed(list(CIRCUMSTANCES.items())) if word != kind}
    return "；".join(f"{chinese[one]} / {one}" for one in circumstances)


def _both(said: bool) -> str:
    return " / ".join(_YES[Answer.YES if said else Answer.NO])
