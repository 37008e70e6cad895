"""The evidence bundle (证据包): exhibits in groups, numbered, with pages in the bound copy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from pirights.domain.words import Words


class Group(StrEnum):
    """The twelve kinds of evidence a face-scan case is made of, in the order of a catalogue."""

    IDENTITY = "identity"
    RELATIONSHIP = "relationship"
    DEMAND = "demand"
    RULES = "rules"
    SCANS = "scans"
    REFUSAL = "refusal"
    REQUEST = "request"
    REPLY = "reply"
    COMPLAINT = "complaint"
    LOSS = "loss"
    INTEGRITY = "integrity"
    LAW = "law"

    @property
    def heading(self) -> Words:
        """The group's heading in a catalogue."""
        return _HEADINGS[self]

    @property
    def purpose(self) -> Words:
        """A suggested purpose of proof (证明目的); the user may write another."""
        return _PURPOSES[self]


_HEADINGS = {
    Group.IDENTITY: Words(zh="主体身份", en="Identity of the person"),
    Group.RELATIONSHIP: Words(zh="双方关系", en="Relationship of the parties"),
    Group.DEMAND: Words(zh="要求人脸识别的情况", en="The demand for a face scan"),
    Group.RULES: Words(zh="处理者公布的规则", en="The handler's published rules"),
    Group.SCANS: Words(zh="人脸识别经过记录", en="Record of face scans"),
    Group.REFUSAL: Words(
        zh="拒绝人脸识别与请求其他方式", en="Refusal to scan, request for another way"
    ),
    Group.REQUEST: Words(zh="请求书与送达", en="The request and its delivery"),
    Group.REPLY: Words(zh="答复情况", en="The reply, or silence"),
    Group.COMPLAINT: Words(zh="投诉与机关处理", en="Complaints and authorities' answers"),
    Group.LOSS: Words(zh="损失与支出", en="Loss and costs"),
    Group.INTEGRITY: Words(zh="数据完整性", en="Integrity of the data"),
    Group.LAW: Words(zh="法律依据清单", en="List of law"),
}

_PURPOSES = {
    Group.IDENTITY: Words(
        zh="证明请求人的身份，请求人系本案所涉个人信息的主体。",
        en="Shows who the person is, and that the personal information is the person's own.",
    ),
    Group.RELATIONSHIP: Words(
        zh="证明请求人与处理者之间的关系。",
        en="Shows the person's relationship with the handler.",
    ),
    Group.DEMAND: Words(
        zh="证明处理者要求或者引导请求人以人脸识别方式通行或者接受服务。",
        en="Shows that the handler demanded, or steered the person to, a face scan.",
    ),
    Group.RULES: Words(
        zh="证明处理者当时公布的个人信息处理规则及其承诺。",
        en="Shows what the handler had published, and promised, about personal information.",
    ),
    Group.SCANS: Words(
        zh="记载请求人所陈述的时间、地点、经过以及现场告知情况。",
        en="Records what the person states: time, place, what happened and what was said there.",
    ),
    Group.REFUSAL: Words(
        zh="证明请求人拒绝人脸识别或者请求采用其他方式，以及处理者的回应。",
        en="Shows that the person refused the scan or asked for another way, and the response.",
    ),
    Group.REQUEST: Words(
        zh="证明请求人已向处理者提出书面请求，以及请求书的寄出与到达情况。",
        en="Shows that a written request was made to the handler, how it was sent and when it "
        "arrived.",
    ),
    Group.REPLY: Words(
        zh="证明处理者就请求所作答复的内容。",
        en="Shows what the handler answered to the request.",
    ),
    Group.COMPLAINT: Words(
        zh="证明请求人向有关机关投诉、举报以及机关处理的情况。",
        en="Shows the complaints made to authorities and what the authorities did.",
    ),
    Group.LOSS: Words(
        zh="证明请求人所受损失以及为制止侵害行为所支付的合理开支。",
        en="Shows the person's loss and the reasonable costs of stopping the infringement.",
    ),
    Group.INTEGRITY: Words(
        zh="证明相关电子数据自固定以来未被改动。",
        en="Shows that the electronic data have not been altered since they were fixed.",
    ),
    Group.LAW: Words(
        zh="列明请求所依据的法律规定，供核对。",
        en="Lists the provisions relied on, for reference.",
    ),
}


class Source(StrEnum):
    """Where a piece of evidence came from (证据来源), in a catalogue's usual words."""

    APPLICANT = "applicant"
    HANDLER = "handler"
    CARRIER = "carrier"
    ISSUER = "issuer"
    AUTHORITY = "authority"
    PUBLIC = "public"

    @property
    def words(self) -> Words:
        """The words for the catalogue."""
        return _SOURCES[self]


_SOURCES = {
    Source.APPLICANT: Words(zh="请求人制作或者保存", en="Made or kept by the person"),
    Source.HANDLER: Words(zh="处理者发出", en="Issued by the handler"),
    Source.CARRIER: Words(
        zh="邮政、快递或者电信企业出具或者其网页所示，由请求人留存",
        en="Issued by the carrier, or shown on its pages and kept by the person",
    ),
    Source.ISSUER: Words(
        zh="票据开具方开具，由请求人留存",
        en="Issued by whoever gave the receipt, kept by the person",
    ),
    Source.AUTHORITY: Words(zh="国家机关出具", en="Issued by an authority"),
    Source.PUBLIC: Words(zh="公开发布的信息", en="Published to everyone"),
}

HELD_BY_APPLICANT = Words(
    zh="原件由请求人保存",
    en="Original kept by the person",
)
"""What stands in the column 原件/复印件 unless the caller knows better."""


class Alteration(StrEnum):
    """What was done to a picture before it was shown; for its own notes, and to hide a part."""

    LOCATION_REMOVED = "location-removed"
    MASKED = "masked"

    @property
    def words(self) -> Words:
        """The words for the catalogue."""
        return _ALTERATIONS[self]


_ALTERATIONS = {
    Alteration.LOCATION_REMOVED: Words(zh="已去除位置信息", en="without its location"),
    Alteration.MASKED: Words(zh="已遮盖部分画面", en="with parts masked"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """An original that stays sealed in the vault; what lies in the bundle was made from it.

    Attributes:
        sha256: 64 lower-case hex digits of the original.
        size: Octets of the original.
        media_type: Of the original.
        why: What the copy in the bundle had to be changed in.
    """

    sha256: str
    size: int
    media_type: str
    why: tuple[Alteration, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """One piece of evidence (证据).

    Attributes:
        number: Its place in the whole bundle, from 1.
        title: 证据名称.
        source: 证据来源.
        purpose: 证明目的.
        original_name: The file's own name when it was taken in; foreign text.
        path: Where it lies under `data/` in the bag: the original, or the copy if that is withheld.
        size: Octets of the file at `path`.
        sha256: 64 lower-case hex digits of the file at `path`.
        imported_at: Aware, UTC: when the file was taken in.
        held: 原件/复印件: who keeps the original.
        page_from: Its first page in the bound copy; 0 until it is bound.
        page_to: Its last page, inclusive.
        withheld: The original, where only a copy of it lies in the bag.
        further: The files that follow the first in the same exhibit, in order: each as an exhibit
            of the same number would be, with its own pages.
    """

    number: int
    group: Group
    title: Words
    source: Words
    purpose: Words
    original_name: str
    path: str
    media_type: str
    size: int
    sha256: str
    imported_at: datetime
    held: Words = HELD_BY_APPLICANT
    page_from: int = 0
    page_to: int = 0
    withheld: Withheld | None = None
    further: tuple["Exhibit", ...] = ()

    @property
    def files(self) -> tuple["Exhibit", ...]:
        """Each of its files, in order, as an exhibit of its own with the pages of that file."""
        last = max(0, self.further[0].page_from - 1) if self.further else self.page_to
        return replace(self, page_to=last, further=()), *self.further

    @property
    def folder(self) -> str:
        """Its folder in the bag: E001."""
        return f"E{self.number:03d}"

    @property
    def pages(self) -> str:
        """The column 页码: `17` or `17-21`; empty until it is bound."""
        if not self.page_from:
            return ""
        if self.page_from == self.page_to:
            return str(self.page_from)
        return f"{self.page_from}-{self.page_to}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The exhibits of one group, with the group's ordinal among those present (第一组)."""

    ordinal: int
    group: Group
    exhibits: tuple[Exhibit, ...]


def arranged(exhibits: Iterable[Exhibit]) -> tuple[Exhibit, ...]:
    """Put exhibits into the groups' order, each group as given, and number them from 1."""
    order = list(Group)
    ranked = sorted(exhibits, key=lambda exhibit: order.index(exhibit.group))
    return tuple(replace(exhibit, number=number) for number, exhibit in enumerate(ranked, start=1))


def paged(exhibits: Sequence[Exhibit], counts: Sequence[int]) -> tuple[Exhibit, ...]:
    """Give each file its pages in the bound copy, whose first page is 1.

    Raises:
        ValueError: Another number of counts than of exhibits, or an exhibit without a page.
    """
    done: list[Exhibit] = []
    first = 1
    for exhibit, count in zip(exhibits, counts, strict=True):
        if count < 1:
            raise ValueError(exhibit.number)
        done.append(replace(exhibit, page_from=first, page_to=first + count - 1))
        first += count
    return tuple(done)


def joined(files: Sequence[Exhibit]) -> Exhibit:
    """Make one exhibit of the files of one, given in order and with their pages."""
    first, *further = files
    return replace(first, page_to=files[-1].page_to, further=tuple(further))


def sections(exhibits: Iterable[Exhibit]) -> tuple[Section, ...]:
    """Collect exhibits by group, in the groups' order; a group without exhibits has no ordinal."""
    by_group: dict[Group, list[Exhibit]] = {}
    for exhibit in exhibits:
        by_group.setdefault(exhibit.group, []).append(exhibit)
    present = [group for group in Group if group in by_group]
    return tuple(
        Section(ordinal=ordinal, group=group, exhibits=tuple(by_group[group]))
        for ordinal, group in enumerate(present, start=1)
    )
