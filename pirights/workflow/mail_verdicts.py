"""The statement on a mail's page: what mail systems say they found, and that we did not check."""

from collections.abc import Iterator
from typing import Final

from pirights.domain.document import Letters
from pirights.domain.words import Words
from pirights.mail.authentication import Authentication, Verdict

_TITLE: Final = Words(
    zh="邮件系统的验证记载",
    en="What mail systems say they checked",
)
_WHOSE: Final = Words(
    zh="以下各项依邮件头所载，系所称邮件系统的陈述；本程序未作验证，也未联网查询。",
    en="The following stands in the mail's headers and is a statement of the mail systems that "
    "they name; this program has checked none of it and has asked no network.",
)
_TOPMOST: Final = Words(
    zh="邮件头由经手的系统逐站添加，后加的在上。只有收件方自己的邮件系统的判定有意义；同类记载中"
    "只取最上面一条，其下各条可能由发件方或者他人写入。收件方系统未作记载的，最上面一条也可能出自他人。",
    en="Each system that handles a mail adds its headers above the others. Only a verdict of the "
    "recipient's own mail system means anything: of each kind only the topmost is given, for those "
    "below may have been written by the sender or anyone else. Where the recipient's system "
    "recorded nothing, even the topmost may come from somebody else.",
)
_NOT_CHECKED: Final = "none"
"""What a system writes that checked nothing (RFC 8601, 2.2)."""

_NONE: Final = Words(
    zh="邮件头中没有 Authentication-Results、Received-SPF、ARC、DKIM-Signature 的记载。"
    "没有记载，既不说明邮件为真，也不说明邮件为假。",
    en="The headers record no Authentication-Results, Received-SPF, ARC or DKIM-Signature. That "
    "none is recorded says neither that the mail is genuine nor that it is not.",
)


def statement(found: Authentication, letters: Letters) -> str:
    """Say what a mail's headers record, in the bundle's languages.

    What the headers say stands on lines of its own, in quotation marks that it cannot leave, so
    that a sender's words are not taken for ours.
    """
    paragraphs = []
    for language in letters.languages:
        lines = [one.in_(language) for one in (_TITLE, _WHOSE)]
        told = [one.in_(language) for one in _told(found)]
        lines += [*told, _TOPMOST.in_(language)] if told else [_NONE.in_(language)]
        paragraphs.append("\n".join(lines))
    return "\n\n".join(paragraphs)


def _told(found: Authentication) -> Iterator[Words]:
    kinds = (
        ("Authentication-Results (RFC 8601)", found.results),
        ("Received-SPF (RFC 7208)", found.spf),
        ("ARC-Authentication-Results (RFC 8617)", found.arc),
    )
    for (kind, verdict), below in zip(kinds, found.below, strict=True):
        if verdict is not None:
            yield _verdict(kind, verdict)
            if below:
                yield Words(
                    zh=f"（其下另有 {below} 条同类记载，未予采录，见邮件头原文。）",
                    en=f"({below} more of this kind below; not given here, see the headers.)",
                )
    if found.signatures:
        domains = ", ".join(domain or "?" for domain in found.domains)
        yield Words(
            zh=f"DKIM-Signature (RFC 6376)：载有 {found.signatures} 个签名，所称的签名域名如下；"
            f"载有签名不等于签名有效。\n“{domains}”",
            en=f"DKIM-Signature (RFC 6376): {found.signatures} recorded, for the domains that they "
            f"claim; that a signature is there does not mean that it is valid.\n“{domains}”",
        )


def _verdict(kind: str, verdict: Verdict) -> Words:
    says = f"“{verdict.says}”"
    if verdict.system and verdict.says.casefold() == _NOT_CHECKED:
        return Words(
            zh=f"{kind}：据该邮件头所载，自称 {verdict.system} 的邮件系统未作任何验证（{says}）。",
            en=f"{kind}: by this header the mail system that calls itself {verdict.system} "
            f"checked nothing ({says}).",
        )
    if verdict.system:
        return Words(
            zh=f"{kind}：据该邮件头所载，由自称 {verdict.system} 的邮件系统判定：\n{says}",
            en=f"{kind}: found, as this header says, by the mail system that calls itself "
            f"{verdict.system}:\n{says}",
        )
    return Words(
        zh=f"{kind}：该邮件头所载如下，未以固定格式载明由哪个系统判定：\n{says}",
        en=f"{kind}: the header says as follows; it has no fixed place that names the system:"
        f"\n{says}",
    )
