"""The columns of a clinic's sheet: their headings in both languages, and what may stand under them.

The English headings are a promise that programs rely on. A heading is known by its English or
Chinese name or by another customary one; capitals, blanks, hyphens and underscores do not count.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from pirights.batch.words import CAPACITIES, CHANNELS, LETTERS, RIGHTS
from pirights.errors import Message, message
from pirights.workflow.encounter_words import ANSWERS, MODES, VENUES

ROW_LIMIT: Final = 100_000
"""Rows of a sheet, its heading apart."""

EXAMPLE_KEYS: Final = frozenset({"EXAMPLE", "示例"})
"""The key of a row that only shows how: it is passed over."""

CASES_SHEET: Final = "案件 Cases"
COLUMNS_SHEET: Final = "说明 Columns"
WORDS_SHEET: Final = "词表 Words"
"""The sheets of our own template; the second and third are there to be read by people."""

_NOT_OF_THE_NAME: Final = re.compile(r"[\s_\-*＊:：()（）\u200b-\u200f\u2060\ufeff]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a clinic's sheet.

    Attributes:
        name: Its English heading, by which faults name it.
        zh: Its Chinese heading.
        others: Other headings by which it is known.
        required: No row without it.
        several: A cell may hold several, with a semicolon between them.
        choices: The words that may stand in it, in either language; none where any text may.
        about: What it is for, in a sentence or two.
    """

    name: str
    zh: str
    others: tuple[str, ...] = ()
    required: bool = False
    several: bool = False
    choices: Mapping[str, StrEnum] = field(default_factory=lambda: MappingProxyType({}))
    about: Message


COLUMNS: Final[tuple[Column, ...]] = (
    Column(
        name="key",
        zh="编号",
        others=("序号", "行号", "关键字", "id", "no"),
        required=True,
        about=message(
            "Your own name for the row, the same in every run: what is made once is not made "
            "again. No two rows share one."
        ),
    ),
    Column(
        name="person_name",
        zh="姓名",
        others=("当事人", "当事人姓名", "个人姓名", "客户姓名", "名字", "client", "client name"),
        required=True,
        about=message("The client whose face was scanned."),
    ),
    Column(
        name="person_name_en",
        zh="英文姓名",
        others=("姓名拼音", "拼音", "英文名", "当事人英文名"),
        about=message("The client's name in Latin letters, for English letters."),
    ),
    Column(
        name="person_phone",
        zh="电话",
        others=("手机", "手机号", "手机号码", "联系电话", "当事人电话", "电话号码"),
        about=message("The client's telephone number."),
    ),
    Column(
        name="person_email",
        zh="电子邮箱",
        others=("邮箱", "电子邮件", "当事人邮箱"),
        about=message("The client's e-mail address."),
    ),
    Column(
        name="person_id_number",
        zh="身份证号",
        others=("身份证", "身份证号码", "公民身份号码", "证件号", "证件号码"),
        about=message(
            "The client's identity number; it tells namesakes apart and is printed in no request."
        ),
    ),
    Column(
        name="person_address",
        zh="住址",
        others=("地址", "通讯地址", "联系地址", "当事人地址", "家庭住址"),
        about=message("Where answers go, unless who acts for the client has an address."),
    ),
    Column(
        name="capacity",
        zh="身份",
        others=("行使身份", "代理身份", "代理关系"),
        choices=CAPACITIES,
        about=message(
            "Who acts: the client alone, or the owner of the vault as guardian, close relative or "
            "agent. Empty: as in the vault or in an earlier row, or else the client alone."
        ),
    ),
    Column(
        name="handler_name",
        zh="处理者名称",
        others=("处理者", "个人信息处理者", "对方", "对方名称", "单位名称", "公司名称", "企业名称"),
        required=True,
        about=message("The full registered name of the company or body that the letter goes to."),
    ),
    Column(
        name="handler_name_en",
        zh="处理者英文名称",
        others=("处理者英文名", "公司英文名称", "公司英文名", "对方英文名称"),
        about=message("Its English name."),
    ),
    Column(
        name="handler_uscc",
        zh="统一社会信用代码",
        others=("信用代码", "社会信用代码", "uscc"),
        about=message("Its unified social credit code, 18 characters."),
    ),
    Column(
        name="handler_address",
        zh="处理者地址",
        others=("公司地址", "注册地址", "对方地址", "单位地址"),
        about=message("Its address, for the letter and the labels."),
    ),
    Column(
        name="handler_email",
        zh="处理者邮箱",
        others=("处理者电子邮箱", "公司邮箱", "对方邮箱", "单位邮箱"),
        about=message(
            "Its e-mail address. What one row tells of a company holds for all rows that name it."
        ),
    ),
    Column(
        name="encounter_at",
        zh="刷脸时间",
        others=("时间", "采集时间", "刷脸日期", "日期时间"),
        required=True,
        several=True,
        about=message("When the face was scanned: 2026-11-20 18:05. Several with ; between them."),
    ),
    Column(
        name="place",
        zh="地点",
        others=("刷脸地点", "具体地点"),
        required=True,
        about=message("Where it was, such as the east gate."),
    ),
    Column(
        name="venue",
        zh="场所类型",
        others=("场所", "场所类别"),
        required=True,
        choices=VENUES,
        about=message("The kind of place; it decides which rules apply."),
    ),
    Column(
        name="mode",
        zh="识别方式",
        others=("方式", "刷脸方式"),
        choices=MODES,
        about=message("What the device did with the face, if that is known."),
    ),
    Column(
        name="notice",
        zh="告知",
        others=("是否告知", "有无告知"),
        choices=ANSWERS,
        about=message("Was there a sign or other notice?"),
    ),
    Column(
        name="consent",
        zh="同意",
        others=("是否同意", "是否征得同意"),
        choices=ANSWERS,
        about=message("Was consent asked for and given?"),
    ),
    Column(
        name="separate_consent",
        zh="单独同意",
        others=("是否单独同意", "是否取得单独同意"),
        choices=ANSWERS,
        about=message("Was separate consent asked for and given?"),
    ),
    Column(
        name="alternative",
        zh="其他验证方式",
        others=("替代方式", "其他方式", "有无其他方式", "是否有其他方式"),
        choices=ANSWERS,
        about=message("Was a way without a face offered?"),
    ),
    Column(
        name="purpose",
        zh="目的",
        others=("告知的目的", "处理目的"),
        about=message("What the face was scanned for, as they said."),
    ),
    Column(
        name="rights",
        zh="请求事项",
        others=("请求权利", "权利", "请求", "诉求", "right"),
        required=True,
        several=True,
        choices=RIGHTS,
        about=message("What is asked for. Several with ; between them: access;copy;delete."),
    ),
    Column(
        name="letters",
        zh="文书语言",
        others=("语言", "信函语言", "language", "languages"),
        several=True,
        choices=LETTERS,
        about=message("The language of the letter: zh, en, or zh;en for both. Empty means zh."),
    ),
    Column(
        name="identify_by",
        zh="身份线索",
        others=("核对线索", "识别线索", "身份识别信息"),
        several=True,
        about=message(
            "By what the company finds the client without another face photo, such as a card's "
            "number. Several with ; between them."
        ),
    ),
    Column(
        name="channel",
        zh="送达方式",
        others=("寄送方式", "发送方式", "投递方式"),
        choices=CHANNELS,
        about=message("How the letter is to go."),
    ),
    Column(
        name="note",
        zh="备注",
        others=("说明", "内部备注", "notes", "remark", "remarks"),
        about=message("For the clinic alone; printed nowhere."),
    ),
)
"""Every column, in the order of the template."""

BY_NAME: Final[Mapping[str, Column]] = {column.name: column for column in COLUMNS}
REQUIRED: Final = tuple(column.name for column in COLUMNS if column.required)

PASSED_OVER: Final = "errors"
"""The column that an error sheet adds: known, and not read."""

FOLLOW_UP: Final[tuple[Column, ...]] = (
    Column(
        name="reference",
        zh="案号",
        others=("ref", "case", "编号", "案件编号", "文书编号"),
        required=True,
        about=message("The reference of the case, such as PR-2026-7K3M9QX-C."),
    ),
    Column(
        name="kind",
        zh="文书种类",
        others=("后续文书", "类型", "种类", "letter"),
        required=True,
        about=message("Which letter comes next: reminder, incomplete or reasons."),
    ),
)
"""The columns of a follow-up sheet that are read; all others are for the eye."""


def plain_heading(heading: str) -> str:
    """Give the one form of a heading: capitals, blanks, hyphens and underscores do not count."""
    return _NOT_OF_THE_NAME.sub("", unicodedata.normalize("NFKC", heading)).casefold()


def _known(columns: tuple[Column, ...]) -> dict[str, str]:
    return {
        plain_heading(heading): column.name
        for column in columns
        for heading in (column.name, column.zh, *column.others)
    }


HEADINGS: Final[Mapping[str, str]] = {
    **_known(COLUMNS),
    **dict.fromkeys(map(plain_heading, ("errors", "error", "错误", "错误原因")), PASSED_OVER),
}
"""The column of every known heading, in its one form."""

FOLLOW_UP_HEADINGS: Final[Mapping[str, str]] = _known(FOLLOW_UP)
