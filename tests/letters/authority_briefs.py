"""What papers for authorities are written from in these tests."""

from dataclasses import replace
from datetime import date
from types import ModuleType
from typing import Final

from pirights import law_data, rule_data
from pirights.domain.dispatch import Channel, Dispatch, Letter
from pirights.domain.document import Document, Language, Letters
from pirights.domain.encounter import Circumstance, Encounter, ScanMode
from pirights.domain.escalation import FollowUp
from pirights.domain.period import Force
from pirights.domain.person import Person
from pirights.domain.reply import Reply, ReplyKind
from pirights.domain.request import Score
from pirights.domain.words import Words
from pirights.letters import consumer, police, procuratorate, regulator, template
from pirights.letters.to_authority import AuthorityBrief
from tests.letters.briefs import HANDLER, PERSON, REF, brief, scan, strings, written

LAWS: Final = law_data.laws()
PAPERS: Final[dict[FollowUp, ModuleType]] = {
    FollowUp.REGULATOR: regulator,
    FollowUp.CONSUMER: consumer,
    FollowUp.POLICE: police,
    FollowUp.PROCURATORATE: procuratorate,
}
BODIES: Final = {
    FollowUp.REGULATOR: "local-cac",
    FollowUp.CONSUMER: "market-12315",
    FollowUp.POLICE: "public-security",
    FollowUp.PROCURATORATE: "procuratorate",
}
USUAL: Final = frozenset(
    {"no-sign", "no-notice", "no-consent", "no-separate-consent", "sole-means"}
)


def request(*, scored: bool, letters: Letters = Letters.BOTH) -> Letter:
    """A request that was sent and arrived; its items scored in turn if so asked."""
    asked, document = written(brief(date(2026, 9, 20), letters=letters))
    scores = (Score.GIVEN, Score.REFUSED, Score.PARTIAL, Score.SILENT)
    items = tuple(
        replace(
            item,
            score=scores[at % 4] if scored else Score.OPEN,
            refused_under="个人信息保护法第十八条" if scored and at == 1 else "",
        )
        for at, item in enumerate(asked)
    )
    return Letter(
        id=1,
        ref=REF,
        number=1,
        kind="request",
        on=date(2026, 9, 23),
        letters=letters,
        handler_name=HANDLER.name,
        items=items,
        document=document,
        dispatch=Dispatch(channel=Channel.EMS, on=date(2026, 9, 24), tracking="EA123456789CN"),
        arrived_on=date(2026, 9, 26),
    )


def reminder() -> Letter:
    return replace(
        request(scored=False),
        id=2,
        number=2,
        kind="reminder",
        on=date(2026, 11, 1),
        items=(),
        dispatch=Dispatch(channel=Channel.EMAIL, on=date(2026, 11, 1)),
        arrived_on=None,
    )


def reply(kind: ReplyKind = ReplyKind.PARTIAL) -> Reply:
    return Reply(id=1, ref=REF, number=3, on=date(2026, 11, 10), kind=kind)


def scans(kind: FollowUp) -> tuple[Encounter, ...]:
    first = scan(date(2026, 9, 20))
    if kind is FollowUp.POLICE:
        return (
            replace(first, circumstances=(Circumstance.PRIVATE_SPACE,), place="样例乐园更衣室"),
            replace(
                scan(date(2026, 9, 21), 2),
                mode=ScanMode.COVERT,
                purpose="客流分析",
                circumstances=(Circumstance.PUBLIC_SECURITY_SYSTEM,),
            ),
        )
    return (
        replace(first, circumstances=(Circumstance.CUSTOMER,), exemption="安全需要"),
        replace(scan(date(2026, 9, 21), 2), refused=True, about=True),
    )


def holding(kind: FollowUp) -> tuple[frozenset[str], ...]:
    if kind is FollowUp.POLICE:
        return (
            frozenset({police.PRIVATE}),
            frozenset({police.INSTALLER_LISTED, police.SIGN}),
        )
    return (USUAL, frozenset({"no-sign", "service-refused"}))


def told(
    kind: FollowUp, letters: Letters = Letters.ZH, *, silent: bool = False, **more: object
) -> AuthorityBrief:
    """A case with an answer that was scored; or with silence to the end of the day for it."""
    first = request(scored=not silent)
    made = AuthorityBrief(
        kind=kind,
        label=f"{REF}/4",
        person=PERSON,
        handler=replace(HANDLER, uscc="91330100MA27XLTR70", phone="0571-80000000"),
        encounters=scans(kind),
        first=first,
        sent=(first, reminder()),
        replies=() if silent else (reply(),),
        answered=not silent,
        holding=holding(kind),
        exhibits=(
            Words(
                zh="人脸识别经过记录（2026-09-20 18:05）",
                en="Record of the scan (2026-09-20 18:05)",
            ),
            Words(zh="送达凭证：签收.png", en="Proof of arrival: 签收.png"),
        ),
        proved=frozenset({first.label}),
        body=rule_data.authorities()[BODIES[kind]],
        letters=letters,
        on=date(2026, 11, 23),
        by=date(2026, 12, 8),
        zone="Asia/Shanghai",
        due_on=date(2026, 10, 26) if silent else None,
        due_force=Force.STANDARD if silent else None,
        demands=("请督促被投诉人就闸机提示标识作出说明",),
        affected="",
        public=(1, 2),
        identify_by=("年卡号 YX-2026-0317",),
    )
    return replace(made, **more)  # type: ignore[arg-type]  # the tests name the fields


def paper(one: AuthorityBrief) -> Document:
    made = PAPERS[one.kind].written(one, LAWS)
    assert isinstance(made, Document)
    return made


def text(one: AuthorityBrief) -> str:
    return "\n".join(strings(paper(one)))


def values(one: AuthorityBrief, language: Language) -> dict[str, object]:
    source = template.load(one.kind.value, language)
    found = PAPERS[one.kind].values(one, source, LAWS)
    assert isinstance(found, dict)
    return found


def acted_for(one: AuthorityBrief, person: Person, actor: Person) -> AuthorityBrief:
    return replace(one, person=person, actor=actor)
