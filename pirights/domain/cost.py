"""What a case has cost (费用与损失): in yuan, to the fen, and never as a float."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from pirights.domain.words import Words
from pirights.errors import BadInput, message

FEN: Final = Decimal("0.01")

MOST: Final = Decimal(10_000_000)
"""Yuan of one cost: beyond it a slip of the finger is likelier than a fare."""

_LONGEST: Final = 40
"""Characters beyond which a typed word is no amount."""

_AMOUNT: Final = re.compile(r"[¥]?\s*(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d{1,2})?\s*元?", re.ASCII)


class CostClass(StrEnum):
    """On what footing a cost is claimed; the three never stand in one sum."""

    EXPENSE = "expense"
    LAWYER = "lawyer"
    CONTRACT = "contract"


class CostKind(StrEnum):
    """What was paid, or lost."""

    TRAVEL = "travel"
    NOTARY = "notary"
    EVIDENCE = "evidence"
    POSTAGE = "postage"
    OTHER = "other"
    LAWYER = "lawyer"
    REFUND = "refund"
    CONTRACT_LOSS = "contract-loss"

    @property
    def claimed_as(self) -> CostClass:
        """On what footing it is claimed.

        Reasonable expenses are the costs of stopping the wrong, investigation and evidence among
        them (spc-frt-2021 8(2)); a lawyer's fee is in the court's discretion; a refund is no such
        expense but a loss under the contract (Civil Code 577, 582).
        """
        if self is CostKind.LAWYER:
            return CostClass.LAWYER
        if self in {CostKind.REFUND, CostKind.CONTRACT_LOSS}:
            return CostClass.CONTRACT
        return CostClass.EXPENSE

    @property
    def words(self) -> Words:
        """What a paper for a court calls it."""
        return _WORDS[self]

    @property
    def source(self) -> Words:
        """Where its proof came from (证据来源): who issued it, and who keeps it."""
        issuer = _ISSUERS.get(self, _PAYEE)
        return Words(
            zh=f"{issuer.zh}开具，由请求人留存", en=f"Issued by {issuer.en}, kept by the person"
        )


_WORDS: Final[Mapping[CostKind, Words]] = {
    CostKind.TRAVEL: Words(zh="交通费", en="travel"),
    CostKind.NOTARY: Words(zh="公证费", en="notarisation"),
    CostKind.EVIDENCE: Words(zh="调查取证费", en="investigation and evidence"),
    CostKind.POSTAGE: Words(zh="邮寄费", en="postage"),
    CostKind.OTHER: Words(zh="其他费用", en="other expense"),
    CostKind.LAWYER: Words(zh="律师费", en="lawyer's fee"),
    CostKind.REFUND: Words(zh="应退款项", en="refund"),
    CostKind.CONTRACT_LOSS: Words(zh="其他合同损失", en="other loss under the contract"),
}


_PAYEE: Final = Words(zh="收款方", en="the payee")
_ISSUERS: Final[Mapping[CostKind, Words]] = {
    CostKind.TRAVEL: Words(zh="承运人或者出行平台", en="the carrier or its platform"),
    CostKind.NOTARY: Words(zh="公证机构", en="the notary office"),
    CostKind.POSTAGE: Words(zh="邮政、快递企业", en="the postal or courier company"),
    CostKind.LAWYER: Words(zh="律师事务所", en="the law firm"),
    CostKind.REFUND: Words(zh="收款的经营者", en="the business that was paid"),
}
"""Who issues the invoice or receipt of a cost; of the others it is whoever was paid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One cost of a case. It is never altered; one that was entered wrongly is voided.

    Attributes:
        id: The number after the C.
        amount: Yuan, above nought, with two places.
        on: The day it was paid.
        note: What for, in the user's words.
        voided_on: The day it was voided; None while it counts.
        voided_because: Why.
    """

    id: int
    ref: str
    kind: CostKind
    amount: Decimal
    on: date
    note: str = ""
    voided_on: date | None = None
    voided_because: str = ""

    @property
    def label(self) -> str:
        """The name people type: C3."""
        return f"C{self.id}"

    @property
    def counts(self) -> bool:
        """It has not been voided."""
        return self.voided_on is None


def yuan(text: str, *, field: str) -> Decimal:
    """Read an amount: `12.5`, `1,360`, `12.50元`, full-width digits too; kept with two places.

    Raises:
        BadInput: It is none, is nought, or is beyond all measure.
    """
    short = unicodedata.normalize("NFKC", text).strip() if len(text) <= _LONGEST else ""
    found = _AMOUNT.fullmatch(short)
    if found is None:
        raise BadInput(
            message("{field}: {text} is no amount in yuan.", field=field, text=text[:_LONGEST]),
            hint=message("Write it as 12.50, with two places at most."),
        )
    amount = Decimal(found[1].replace(",", "") + (found[2] or "")).quantize(FEN)
    if not 0 < amount <= MOST:
        raise BadInput(
            message(
                "{field}: an amount lies above 0 and goes up to {most} yuan.",
                field=field,
                most=MOST,
            )
        )
    return amount


def total(costs: Iterable[Cost]) -> Decimal:
    """Add up what counts, with two places."""
    return sum((one.amount for one in costs if one.counts), Decimal(0)).quantize(FEN)


def sums(costs: Iterable[Cost]) -> Mapping[CostClass, Decimal]:
    """Add up what counts, each footing apart; a footing without a cost is left out."""
    counted = [one for one in costs if one.counts]
    return {
        kind: total(one for one in counted if one.kind.claimed_as is kind)
        for kind in CostClass
        if any(one.kind.claimed_as is kind for one in counted)
    }
