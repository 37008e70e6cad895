"""The words that may stand in a clinic's sheet, in English and in the Chinese that people type.

The first Chinese word of each value is the one that drop-down lists show. Words of places, ways
of scanning and answers are those of an encounter sheet.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from pirights.domain.dispatch import Channel
from pirights.domain.document import Letters
from pirights.domain.person import Capacity
from pirights.domain.request import Right

RIGHTS: Final[Mapping[str, Right]] = {
    **{right.value: right for right in Right},
    **dict.fromkeys(("知情", "知情权"), Right.KNOW),
    **dict.fromkeys(("查阅", "查询", "查阅权"), Right.ACCESS),
    **dict.fromkeys(("复制", "复制权", "副本"), Right.COPY),
    **dict.fromkeys(("转移", "可携带", "转移权"), Right.TRANSFER),
    **dict.fromkeys(("更正", "补充", "更正补充", "更正权"), Right.CORRECT),
    **dict.fromkeys(("删除", "删除权"), Right.DELETE),
    **dict.fromkeys(("撤回同意", "撤回", "撤销同意"), Right.WITHDRAW),
    **dict.fromkeys(("解释说明", "解释", "说明"), Right.EXPLAIN),
    **dict.fromkeys(("自动化决策", "自动决策"), Right.AUTOMATED),
    **dict.fromkeys(("拒绝", "限制或拒绝", "拒绝处理"), Right.REFUSE),
    **dict.fromkeys(("其他验证方式", "替代方式", "其他方式"), Right.ALTERNATIVE),
}

CAPACITIES: Final[Mapping[str, Capacity]] = {
    **{capacity.value: capacity for capacity in Capacity},
    **dict.fromkeys(("本人", "自己"), Capacity.SELF),
    **dict.fromkeys(("监护人", "法定代理人"), Capacity.GUARDIAN),
    **dict.fromkeys(("近亲属", "亲属"), Capacity.RELATIVE),
    **dict.fromkeys(("代理人", "委托代理人", "代理"), Capacity.AGENT),
}

CHANNELS: Final[Mapping[str, Channel]] = {
    **{channel.value: channel for channel in Channel},
    **dict.fromkeys(("特快专递", "邮政特快专递", "快递", "邮寄", "邮政"), Channel.EMS),
    **dict.fromkeys(("电子邮件", "邮件", "电邮", "邮箱"), Channel.EMAIL),
    **dict.fromkeys(("网页表单", "网站", "网页", "在线表单"), Channel.WEBFORM),
    **dict.fromkeys(("应用程序", "应用", "小程序"), Channel.APP),
    **dict.fromkeys(("当面递交", "当面", "面交", "直接送达"), Channel.HAND),
    **dict.fromkeys(("电话", "致电"), Channel.PHONE),
    "微信": Channel.WECHAT,
}

LETTERS: Final[Mapping[str, Letters]] = {
    **{letters.value: letters for letters in Letters},
    **dict.fromkeys(("中文", "汉语", "cn", "chinese"), Letters.ZH),
    **dict.fromkeys(("英文", "英语", "english"), Letters.EN),
    **dict.fromkeys(("中英文", "中英双语", "双语", "中英", "en-zh"), Letters.BOTH),
}


def chinese(known: Mapping[str, StrEnum]) -> Mapping[StrEnum, str]:
    """The Chinese word of each value: what a drop-down list shows."""
    found: dict[StrEnum, str] = {}
    for word, value in known.items():
        if word.isalpha() and not word.isascii():
            found.setdefault(value, word)
    return found
