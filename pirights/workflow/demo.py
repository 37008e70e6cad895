"""The whole story on a sample case, in a vault that is thrown away.

The case follows the chronology of Guo Bing v. Hangzhou Safari Park, with made-up people and a
made-up company, in 2026, so that today's law applies. It plays on a fixed day; the same papers
come out each time but for what is drawn at random, and with a seed, octet for octet.
"""

import itertools
import secrets
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import shake_256
from pathlib import Path
from typing import Final

from pirights.domain.dispatch import Channel, Letter
from pirights.domain.document import Form, Letters
from pirights.domain.encounter import Actor, Answer, Circumstance, Encounter, ScanMode
from pirights.domain.handler import Handler, Period, TimeUnit, Venue
from pirights.domain.person import Person
from pirights.domain.request import Right
from pirights.errors import Message, message
from pirights.evidence.findings import Verdict
from pirights.workflow import (
    bundles,
    cases,
    demo_files,
    demo_folder,
    directory,
    dispatching,
    encounters,
    rendering,
    replies,
    requests,
    vault_care,
)
from pirights.workflow.bundles import Built
from pirights.workflow.cases import DueItem
from pirights.workflow.desk import Desk
from pirights.workflow.papers import write_whole
from pirights.workflow.request_writing import Opened
from pirights.workflow.wish import Wish

NOW: Final = datetime(2026, 11, 5, 2, 0, tzinfo=UTC)
"""The moment at which the demo plays: 5 November 2026, ten in the morning in Hangzhou."""

Say = Callable[[Message], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What the demo left behind."""

    out: Path
    letter: Path
    bundle: Path
    ref: str
    opened: Letter
    due: tuple[DueItem, ...]
    built: Built
    verdict: Verdict


def play(out: Path, *, say: Say, seed: int | None = None) -> Played:
    """Play the story and write its papers to a folder.

    A second run replaces what a demo made there and touches nothing else.

    Args:
        out: The folder for the papers; made if it is not there.
        say: Tells each step, as the command that does it.
        seed: The same number gives the same files; without one the vault's id, the journal's
            salts and the reference are drawn at random. What opens the vault always is.

    Raises:
        BadInput: The folder holds other things under the demo's names, or cannot be written.
    """
    out = out.absolute()
    demo_folder.clear(out)
    with tempfile.TemporaryDirectory(prefix="pirights-") as hidden:
        secret = secrets.token_urlsafe(24)
        draw = secrets.token_bytes if seed is None else _foretold(seed)
        folder = Path(hidden) / "vault"
        say(message("pirights init --name {name}", name=demo_files.PERSON))
        vault_care.make(
            folder,
            passphrase=secret,
            use_keyring=False,
            owner=_owner(),
            now=NOW,
            draw=draw,
        )
        desk = vault_care.desk(
            folder, given=lambda: secret, prompt=lambda: None, now=NOW, draw=draw
        )
        with desk.vault:
            return _story(desk, out, say)


def _foretold(seed: int) -> Callable[[int], bytes]:
    """Give octets that follow from the seed alone (SHAKE256, FIPS 202), others at every call."""
    calls = itertools.count()
    return lambda size: shake_256(f"pirights demo {seed} {next(calls)}".encode()).digest(size)


def _owner() -> Person:
    return Person(
        id=0,
        name=demo_files.PERSON,
        name_en=demo_files.PERSON_EN,
        phone="13900000137",
        email="lin.zhiyuan@mail.example",
        address="浙江省杭州市西湖区云栖路999号3幢2单元501室",
    )


def _story(desk: Desk, out: Path, say: Say) -> Played:
    demo_folder.mark(out)
    files = demo_files.write_all(out / demo_folder.FILES)
    park = _handler(desk, say)
    _encounters(desk, park, files, say)
    opened = _letter(desk, park, out, say)
    ref = opened.case.ref
    say(
        message(
            "pirights sent {ref} --channel ems --at 2026-10-20 --proof EMS寄件回执.png", ref=ref
        )
    )
    dispatching.sent(
        desk,
        ref,
        channel=Channel.EMS,
        on=date(2026, 10, 20),
        tracking="1098765432199",
        proofs=[files["sent"]],
    )
    say(message("pirights received {ref} --at 2026-10-22 --proof EMS签收页面.png", ref=ref))
    dispatching.received(desk, ref, on=date(2026, 10, 22), proofs=[files["arrived"]])
    say(message("pirights reply add 乐园回复.eml"))
    replies.add(desk, None, [demo_files.reply(out / demo_folder.FILES, ref)], on=None)
    say(message("pirights due"))
    due = cases.due(desk)
    say(message("pirights bundle build {ref} --out bundle", ref=ref))
    built = bundles.build(desk, ref, out=out / demo_folder.BUNDLE)
    demo_folder.mark(out)
    say(message("pirights bundle verify bundle"))
    return Played(
        out=out,
        letter=out / "letter.pdf",
        bundle=built.path,
        ref=ref,
        opened=opened.letter,
        due=tuple(due),
        built=built,
        verdict=bundles.check(built.path),
    )


def _handler(desk: Desk, say: Say) -> Handler:
    say(message("pirights handler add --name {name} --policy-days 15wd …", name=demo_files.COMPANY))
    kept = directory.add_handler(
        desk,
        Handler(
            id=0,
            name=demo_files.COMPANY,
            name_en=demo_files.COMPANY_EN,
            address="浙江省杭州市云溪县野趣大道1号",
            email=demo_files.MAILBOX,
            policy_url="https://www.yunxi-yequ.example/privacy",
            policy_days=Period(amount=15, unit=TimeUnit.WORKING_DAY),
            venue=Venue.SCENIC_AREA,
            source="https://www.yunxi-yequ.example/privacy",
            verified=date(2026, 10, 18),
        ),
    )
    return kept.handler


def _encounters(desk: Desk, park: Handler, files: dict[str, Path], say: Say) -> None:
    say(
        message('pirights log add --at "2026-07-19 09:26" --mode enrolment --attach IMG_0719.jpg …')
    )
    first = Encounter(
        id=0,
        at=datetime(2026, 7, 19, 9, 26, tzinfo=demo_files.BEIJING),
        place="云溪野趣乐园东门3号闸机",
        venue=Venue.SCENIC_AREA,
        handlers=(Actor(handler=park.id),),
        mode=ScanMode.ENROLMENT,
        notice=Answer.NO,
        consent=Answer.NO,
        separate_consent=Answer.NO,
        alternative=Answer.NO,
        note="办卡时约定用年卡和指纹入园。当天闸机直接拍摄并提示“人脸注册成功”。",
        circumstances=(Circumstance.AGAINST_AGREEMENT, Circumstance.CUSTOMER),
    )
    encounters.add(desk, first, [files["card"], files["gate"]])
    say(message('pirights log add --at "2026-10-17 10:02" --refused --attach IMG_1017.heic …'))
    second = Encounter(
        id=0,
        at=datetime(2026, 10, 17, 10, 2, tzinfo=demo_files.BEIJING),
        place="云溪野趣乐园东门3号闸机",
        venue=Venue.SCENIC_AREA,
        handlers=(Actor(handler=park.id),),
        mode=ScanMode.VERIFICATION,
        notice=Answer.YES,
        consent=Answer.NO,
        separate_consent=Answer.NO,
        alternative=Answer.NO,
        refused=True,
        purpose="年卡用户入园身份核验",
        note="向年卡中心提出改用年卡和身份证入园，被告知只能刷脸；要求退卡，未获同意。",
    )
    encounters.add(desk, second, [files["sms"], files["sign"]])


def _letter(desk: Desk, park: Handler, out: Path, say: Say) -> Opened:
    say(
        message(
            "pirights request new --handler H1 --encounter E1 --encounter E2 --right know "
            "--right access --right copy --right alternative --right delete --letters zh-en "
            '--identify-by "年卡号 {card}"',
            card=demo_files.CARD,
        )
    )
    opened = requests.new(
        desk,
        Wish(
            handler=park.id,
            encounters=(1, 2),
            rights=(Right.KNOW, Right.ACCESS, Right.COPY, Right.ALTERNATIVE, Right.DELETE),
            letters=Letters.BOTH,
            identify_by=(f"年卡号 {demo_files.CARD}",),
            on=date(2026, 10, 19),
        ),
    )
    for notice in opened.notices:
        say(notice)
    say(message("pirights request render {ref} --out letter.pdf", ref=opened.case.ref))
    for form in (Form.PDF, Form.TXT):
        write_whole(out / f"letter.{form}", rendering.paper(opened.letter.document, form))
    return opened
