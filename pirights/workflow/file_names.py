"""What a file's own name suggests: what it proves, and where it came from."""

from typing import Final

from pirights.domain.bundle import Group, Source

_GROUPS: Final = (
    (
        Group.RELATIONSHIP,
        "票 收据 发票 合同 年卡 会员 订单 receipt invoice ticket contract order card",
    ),
    (Group.RULES, "规则 政策 隐私 协议 policy privacy terms rules"),
    (Group.REFUSAL, "拒绝 拒 refus denied"),
    (Group.LOSS, "交通 车费 损失 fare taxi cost"),
)
_ISSUED: Final = "发票 收据 小票 receipt invoice"


def group(name: str) -> Group:
    """Say what a file kept from a scan seems to prove."""
    words = name.casefold()
    return next(
        (kind for kind, known in _GROUPS if any(one in words for one in known.split())),
        Group.DEMAND,
    )


def source(name: str) -> Source:
    """Say where it seems to come from: an invoice or receipt was issued by another."""
    words = name.casefold()
    issued = any(one in words for one in _ISSUED.split())
    return Source.ISSUER if issued else Source.APPLICANT
