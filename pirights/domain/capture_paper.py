"""The sheet that lies on a captured page (网页固定说明): what was done, and what it is worth.

It says first what a capture that a party makes itself is worth, and cites only the provisions on
evidence (法释〔2019〕19号, 最高人民法院关于民事诉讼证据的若干规定) and on civil procedure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Heading,
    Language,
    Letters,
    Paragraph,
    Signature,
    Table,
    Title,
)
from pirights.domain.root_sheet import in_groups
from pirights.domain.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureFacts:
    """What the sheet says of a capture; foreign text is fit to be shown already.

    Attributes:
        asked: The address that was given.
        reached: The address of the page, after redirects.
        redirects: How many there were.
        at: When, by this computer's clock, with its zone.
        status: The server's answer, such as `200 OK`.
        address: The server's address.
        protection: TLS version and cipher, or empty.
        certificate: Whom the server's certificate is for, by whom, until when; or empty.
        certificate_sha256: 64 hex digits, or empty.
        parts: Kept beside the page.
        lost: Parts that could not be kept.
        files: Name and SHA-256 of each file kept.
        promised: The time for an answer that the person read there, or empty.
        note: The person's own words, or empty.
    """

    asked: str
    reached: str
    redirects: int
    at: str
    status: str
    address: str
    protection: str
    certificate: str
    certificate_sha256: str
    parts: int
    lost: int
    files: tuple[tuple[str, str], ...]
    promised: Words | None
    note: str
    on: date
    zone: str
    letters: Letters


def sheet(facts: CaptureFacts) -> Document:
    """Write the sheet."""
    blocks: list[Block] = []
    for language in facts.letters.languages:
        blocks.append(Title(text=_TITLE.in_(language), language=language))
        blocks += _body(facts, language)
    languages = facts.letters.languages
    first = languages[0]
    colon = "：" if first is Language.ZH else ": "
    blocks.append(
        Signature(
            lines=tuple(
                f"{' / '.join(one.in_(each) for each in languages)}{colon}__________"
                for one in _SIGNATURE
            ),
            language=first,
        ),
    )
    return Document(
        title=_TITLE.in_(first),
        letters=facts.letters,
        reference="",
        on=facts.on,
        blocks=tuple(blocks),
        zone=facts.zone,
    )


def _body(facts: CaptureFacts, language: Language) -> Iterable[Block]:
    yield Heading(text=_WORTH_HEADING.in_(language), language=language)
    for text in _WORTH[language]:
        yield Paragraph(text=text, language=language)
    yield Heading(text=_FACTS_HEADING.in_(language), language=language)
    yield Fields(rows=tuple(_rows(facts, language)), language=language)
    yield Heading(text=_HOW_HEADING.in_(language), language=language)
    for text in _HOW[language]:
        yield Paragraph(text=text, language=language)
    yield Heading(text=_FILES_HEADING.in_(language), language=language)
    yield Table(
        head=_FILES_HEAD[language],
        rows=tuple((name, in_groups(digits)) for name, digits in facts.files),
        language=language,
        widths=(2.6, 4.0),
    )


def _rows(facts: CaptureFacts, language: Language) -> Iterable[tuple[str, str]]:
    parts = Words(
        zh=f"{facts.parts}个，另有{facts.lost}个未能取得" if facts.lost else f"{facts.parts}个",
        en=f"{facts.parts}; {facts.lost} more could not be had" if facts.lost else f"{facts.parts}",
    )
    hops = Words(zh=f"{facts.redirects}次", en=str(facts.redirects))
    rows: tuple[tuple[Words, str], ...] = (
        (Words(zh="请求的网址", en="Address asked"), facts.asked),
        (Words(zh="实际网址", en="Address reached"), facts.reached),
        (Words(zh="重定向", en="Redirects"), hops.in_(language) if facts.redirects else ""),
        (Words(zh="取得时间（本机时钟）", en="When (this computer's clock)"), facts.at),
        (Words(zh="服务器应答", en="Server's answer"), facts.status),
        (Words(zh="服务器地址", en="Server's address"), facts.address),
        (Words(zh="加密方式", en="Protection"), facts.protection or _UNPROTECTED.in_(language)),
        (Words(zh="服务器证书", en="Server's certificate"), facts.certificate),
        (
            Words(zh="证书SHA-256", en="Its SHA-256"),
            in_groups(facts.certificate_sha256) if facts.certificate_sha256 else "",
        ),
        (Words(zh="网页组成文件", en="Parts kept"), parts.in_(language)),
        (
            Words(zh="页面承诺的答复期限", en="Time for an answer promised there"),
            facts.promised.in_(language) if facts.promised else "",
        ),
        (Words(zh="备注", en="Note"), facts.note),
    )
    return ((name.in_(language), value) for name, value in rows if value)


_TITLE: Final = Words(zh="网页固定说明", en="Sheet on a captured web page")
_UNPROTECTED: Final = Words(
    zh="无（http，传输中可能被改动）", en="none (http: could be altered on its way)"
)
_WORTH_HEADING: Final = Words(zh="一、本材料的证明力", en="1. What this is worth as evidence")
_WORTH: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.ZH: (
        (
            "本材料由当事人在自己的计算机上自行取得，未经公证，也未经第三方平台保存。网页属于电子数据"
            "（《最高人民法院关于民事诉讼证据的若干规定》第十四条第一项）；其真实性由人民法院结合该规定"
            "第九十三条所列因素综合判断，对方可以提出异议。存有疑点的电子数据，不能单独作为认定案件事实"
            "的根据（第九十条第四项）。"
        ),
        (
            "校验值一致，只说明文件自记载该校验值以后未被改动，不证明取得之前的情况，也不证明内容真实；"
            "时间取自本机时钟，属于当事人的陈述。可信时间戳只证明数据在该时间已经存在。"
        ),
        (
            "需要更强的证明力的，可以向公证机关申请办理网页公证：电子数据的内容经公证的，人民法院应当"
            "确认其真实性，但有相反证据足以推翻的除外（第九十四条第二款）；或者由记录和保存电子数据的"
            "中立第三方平台提供或者确认（第九十四条第一款第二项，人民法院可以确认）。网页随时可能改动，"
            "宜尽早办理。"
        ),
    ),
    Language.EN: (
        (
            "A party captured this page on its own computer; no notary and no third-party platform "
            "took part. A web page is electronic data (Supreme People's Court, Provisions on "
            "Evidence in Civil Procedure, Article 14 item 1). The court judges whether it is "
            "authentic by the factors of Article 93, and the other side may contest it. Electronic "
            "data that is in doubt cannot by itself be the ground for finding a fact (Article 90 "
            "item 4)."
        ),
        (
            "A sum that agrees shows only that a file has not been altered since the sum was "
            "written down: not what went before, nor that the content is true. The time is that of "
            "this computer's clock, and is the party's own statement. A trusted time stamp proves "
            "only that the data existed at its time."
        ),
        (
            "Stronger is a notary's record of the page: the court shall find notarised electronic "
            "data authentic unless contrary evidence suffices to rebut it (Article 94(2)); or data "
            "provided or confirmed by a neutral third-party platform that records and preserves it "
            "(Article 94(1) item 2: the court may find it authentic). A page can change at any "
            "time: do it soon."
        ),
    ),
}
_FACTS_HEADING: Final = Words(zh="二、取得情况", en="2. What was captured")
_HOW_HEADING: Final = Words(zh="三、取得方法", en="3. How")
_HOW: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.ZH: (
        (
            "程序向操作系统查询域名，只连接所得地址，逐次记录请求和服务器的应答，不使用缓存、登录状态、"
            "Cookie或者代理，不运行网页脚本；由脚本另行加载的内容不在其中。WARC文件保存所存应答的"
            "全部字节。PDF和图片（如有）由浏览器依WARC文件中的内容生成，仅供阅读，以WARC文件为准。"
        ),
    ),
    Language.EN: (
        (
            "The program asked the operating system for the name's addresses, connected to these "
            "only, and noted every request and the server's answer; it used no cache, login, "
            "cookie or proxy, and ran no script: what scripts would load is missing. The WARC file "
            "holds every octet of the answers that were kept. PDF and picture, if any, were made "
            "by a browser from the content of the WARC file, for reading; the WARC file prevails."
        ),
    ),
}
_FILES_HEADING: Final = Words(zh="四、文件及其SHA-256", en="4. Files and their SHA-256")
_FILES_HEAD: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.ZH: ("文件", "SHA-256"),
    Language.EN: ("File", "SHA-256"),
}
_SIGNATURE: Final = (
    Words(zh="取得人（签名）", en="Captured by"),
    Words(zh="日期", en="Date"),
)
