"""The standing words of a bundle's papers, in Chinese and in English of equal content."""
# ruff: noqa: E501  a Chinese character counts as two columns; the lines are broken by sense

from collections.abc import Mapping, Sequence
from typing import Final

from pirights.domain.document import Language
from pirights.domain.words import Words

COVER: Final[Mapping[Language, Sequence[tuple[str, Sequence[str]]]]] = {
    Language.ZH: (
        (
            "一、内容",
            (
                (
                    "01-catalogue 为证据目录；02-exhibits.pdf 为证据装订本，逐页标注证据编号与总页码；"
                    "03-timeline.pdf 为时间线。"
                ),
                (
                    "exhibits 文件夹存放各项证据的原文件，与存入时逐字节一致；证据目录注明原件未入包的除外。装订本中的图片和页面系为"
                    "阅读、打印而制作的副本，以原文件为准。"
                ),
            ),
        ),
        (
            "二、根校验值与时间戳在何处",
            (
                (
                    "根校验值，即包内 tagmanifest-sha256.txt 这一文件的 SHA-256 值，由包内全部文件"
                    "计算得出，因此不能印在包内任何文件上。该值在证据包制作完成时显示，并印于包外随附的"
                    "“根校验值签署页”。"
                ),
                (
                    "取得第三方时间戳的，其文件为 tagmanifest-sha256.txt.tsr，与上述文件放在一处；"
                    "没有该文件的，即没有第三方就根校验值证明时间。"
                ),
            ),
        ),
        (
            "三、能够证明什么，不能证明什么",
            (
                "校验值一致，说明文件自该值固定之后未被改动。",
                "时间戳证明有关数据在所载时间已经存在，不证明其内容属实。",
                (
                    "清单与文件如被一并改写，仍可彼此相符。因此，判断制作人事后是否改动，应当以事先交由"
                    "他人留存的根校验值签署页或者第三方时间戳为准，而不能仅凭证据包自身。"
                ),
                "日志所载时间取自请求人的计算机，属于请求人的陈述。",
            ),
        ),
        (
            "四、如何核对",
            (
                (
                    "按照 VERIFY.zh.txt 所列步骤，使用操作系统自带的或者通用的工具即可核对，"
                    "无须使用制作本证据包的程序。"
                ),
                (
                    "装有 Python 的，也可以运行包内的 tools/verify.py；该程序不核验时间戳。包内的程序可能与证据包"
                    "一并被改动，如有疑问，应当从别处取得。"
                ),
            ),
        ),
    ),
    Language.EN: (
        (
            "1. What is inside",
            (
                (
                    "01-catalogue is the catalogue of evidence; 02-exhibits.pdf is the bound copy, each "
                    "page stamped with the exhibit and the page of the whole; 03-timeline.pdf is the "
                    "timeline."
                ),
                (
                    "The folder exhibits holds each original, byte for byte as it was taken in, but "
                    "for those of which the catalogue says that they are not here. The "
                    "pictures and pages of the bound copy were made for reading and printing; the "
                    "original prevails."
                ),
            ),
        ),
        (
            "2. Where the root sum and the time stamp are",
            (
                (
                    "The root sum is the SHA-256 of the file tagmanifest-sha256.txt in this bundle. It "
                    "is computed from all files inside, so no file inside can print it. It is shown "
                    "when the bundle is made, and printed on the sheet for signing that lies beside "
                    "the bundle."
                ),
                (
                    "A third party's time stamp, if there is one, is the file "
                    "tagmanifest-sha256.txt.tsr beside that file. Without it, no third party confirms "
                    "a time for the root sum."
                ),
            ),
        ),
        (
            "3. What this proves, and what it does not",
            (
                "A sum that agrees shows that the file has not been altered since the sum was fixed.",
                (
                    "A time stamp proves that the data existed at the time stated, not that their "
                    "content is true."
                ),
                (
                    "Lists and files that are rewritten together still agree with each other. Whether "
                    "the maker altered anything later is therefore judged by the root sheet handed to "
                    "somebody else beforehand or by a third party's time stamp, never by the bundle alone."
                ),
                (
                    "The times in the log come from the person's computer, and are the person's "
                    "own statement."
                ),
            ),
        ),
        (
            "4. How to check",
            (
                (
                    "Follow VERIFY.txt, with tools that come with the operating system or are in "
                    "general use. The program that made this bundle is not needed."
                ),
                (
                    "Where there is Python, tools/verify.py in the bundle checks it too, but for time "
                    "stamps. A program in the bundle can have been changed with it: if in doubt, get "
                    "it from elsewhere."
                ),
            ),
        ),
    ),
}

CATALOGUE_HEADS: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.ZH: ("序号", "证据名称", "证据来源", "证明目的", "页码", "原件/复印件"),
    Language.EN: ("No.", "Exhibit", "Source", "Purpose of proof", "Page", "Original or copy"),
}

PAGES_NOTE: Final = Words(
    zh="注：页码为证据装订本（02-exhibits.pdf）的总页码。",
    en="Pages are those of the bound copy (02-exhibits.pdf), counted through.",
)

WITHHELD_NOTE: Final = Words(
    zh="证据{number}的原件未入本证据包，由其保存人另行保存，其SHA-256为：{sum}",
    en="The original of exhibit {number} is not in this bundle; its keeper holds it apart. Its SHA-256 is {sum}",
)

ROWS_NOTE: Final = Words(
    zh="本目录各行与数据文件{file}相同，该文件的SHA-256为：{sum}",
    en="The rows are those of the data file {file}, whose SHA-256 is {sum}",
)

TIMELINE_HEADS: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.ZH: ("时间", "请求人的陈述", "他方材料所载内容", "证据"),
    Language.EN: ("When", "What the person states", "What another party's paper says", "Exhibits"),
}

TIMES_NOTE: Final = Words(
    zh="注：左列时间与事实系请求人的陈述，所据时间取自请求人的计算机或者请求人的记录；右列仅列明由邮政、"
    "快递、电信企业，国家机关，时间戳服务机构或者对方出具的材料所载的内容。“——”表示没有此类材料。",
    en="The left column is the person's own statement, by the person's computer or notes. The "
    "right column holds only what a paper issued by a carrier, an authority, a time-stamp service "
    "or the other side confirms. A dash means that there is no such paper.",
)

ROOT_LABELS: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.ZH: (
        "证据包名称",
        "案件编号",
        "制作日期",
        "证据数量",
        "根校验值（SHA-256）",
        "第三方证明的时间",
    ),
    Language.EN: (
        "Name of the bundle",
        "Reference",
        "Made on",
        "Exhibits",
        "Root sum (SHA-256)",
        "Time confirmed by a third party",
    ),
}

ROOT_TEXTS: Final[Mapping[Language, Sequence[str]]] = {
    Language.ZH: (
        (
            "上列根校验值系证据包内 tagmanifest-sha256.txt 这一文件的 SHA-256 值。包内任何文件如有增加、"
            "减少或者改动，该值即不相同。"
        ),
        (
            "核对方法：在证据包文件夹内运行 sha256sum tagmanifest-sha256.txt，将所得六十四位十六进制数与"
            "上列数值逐组比对；再按照包内 VERIFY.zh.txt 核对其余文件。"
        ),
        (
            "本页用于在纸面上固定根校验值。签名及日期说明签名人于该日见到上列数值，不说明包内材料的内容属实。"
            "自行签署并自行保管的，不能证明签署的时间。"
        ),
    ),
    Language.EN: (
        (
            "The root sum above is the SHA-256 of the file tagmanifest-sha256.txt in the bundle. If any "
            "file inside is added, removed or altered, the sum is another one."
        ),
        (
            "To check: in the bundle's folder, run sha256sum tagmanifest-sha256.txt and compare its 64 "
            "hexadecimal digits with those above, group by group; then check the other files as "
            "VERIFY.txt in the bundle says."
        ),
        (
            "This sheet fixes the root sum on paper. A signature with its date shows that the signer saw "
            "the sum on that day; it does not show that what the bundle says is true. If the "
            "signer alone keeps it, it does not prove when it was signed."
        ),
    ),
}
