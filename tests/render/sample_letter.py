"""A letter with every kind of block, and words that are hard to set."""

from datetime import date

from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Heading,
    Item,
    Language,
    Letters,
    Paragraph,
    ReceiptBox,
    Signature,
    Table,
    Title,
)

ZH, EN = Language.ZH, Language.EN

HANDLER = (
    "杭州野趣动物世界旅游开发股份有限公司"
    "（Hangzhou Yequ Safari World Tourism Development Co., Ltd.）"
)
ASKED = (
    "请提供贵公司于2026年11月20日18时05分在西门闸机（设备编号 HZ-GATE-03）采集的人脸图像、"
    "特征模板（feature template）、比对日志——含受托方保存的副本……"
    "的复制件，发至 zhang.san.1990@example.com。"
)
ASKED_EN = (
    "Please give me a copy of the face image and the feature template that you collected at the"
    " west gate (device HZ-GATE-03) on 20 November 2026; don’t ask for a new photo, “please”…"
)
BASIS = "《中华人民共和国个人信息保护法》第四十五条第一款"
BASIS_EN = "Personal Information Protection Law, Article 45(1)"
LITERAL = "<b>粗</b> {{ name }} &amp; %s (a\\b) [c]"


def letter(
    letters: Letters = Letters.BOTH,
    *,
    items: int = 2,
    extra: tuple[Block, ...] = (),
    title: str = "个人信息权益行使请求书",
) -> Document:
    """Return a request with so many items in each of its languages."""
    blocks: list[Block] = []
    languages = letters.languages
    titles = {ZH: title, EN: "Request to Exercise Personal Information Rights"}
    blocks += [Title(text=titles[language], language=language) for language in languages]
    if ZH in languages:
        blocks += [
            Fields(rows=(("致（个人信息处理者）", HANDLER), ("请求人", "张㛃䶮")), language=ZH),
            Paragraph(text=f"备注：{LITERAL}", language=ZH),
        ]
    headings = {ZH: "一、请求事项", EN: "1. What I ask for"}
    blocks += [Heading(text=headings[language], language=language) for language in languages]
    asked = {ZH: (ASKED, BASIS), EN: (ASKED_EN, BASIS_EN)}
    blocks += [
        Item(number=number, text=asked[language][0], basis=asked[language][1], language=language)
        for number in range(1, items + 1)
        for language in languages
    ]
    blocks += extra
    signing = {
        ZH: ("请求人（签名）：＿＿＿＿＿＿", "2026年11月30日"),
        EN: ("Requester (signature): ________", "30 November 2026"),
    }
    blocks += [Signature(lines=signing[language], language=language) for language in languages]
    if ZH in languages:
        blocks.append(ReceiptBox(lines=("签收栏", "收件单位（盖章）："), language=ZH))
    return Document(
        title=title,
        letters=letters,
        reference="PR-2026-7K3M9QX-C",
        on=date(2026, 11, 30),
        blocks=tuple(blocks),
    )


def catalogue(rows: int, *, words: int = 1) -> Table:
    """Return a table of exhibits whose third column is so many times a sentence."""
    return Table(
        head=("序号", "证据名称", "证明目的", "页码"),
        rows=tuple(
            (str(row), f"IMG_20261120_{row:06}.jpg", "证明现场未设置显著的提示标识。" * words, "1")
            for row in range(1, rows + 1)
        ),
        widths=(1, 30, 60, 9),
        language=ZH,
    )
