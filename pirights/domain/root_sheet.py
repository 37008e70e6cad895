"""The sheet to sign (根校验值签署页): it lies beside the bundle and prints its root."""

from collections.abc import Iterable

from pirights.domain import bundle_frame, bundle_texts
from pirights.domain.bundle_frame import BundleFacts
from pirights.domain.document import Block, Document, Fields, Language, Paragraph
from pirights.domain.words import Words


def root_sheet(
    facts: BundleFacts, root_sha256: str, *, third_party_time: Words | None = None
) -> Document:
    """Write the sheet to sign on paper, which lies beside the bundle.

    For `name` it is `name-root.pdf`, for `name.zip` it is `name.zip-root.pdf`.

    Args:
        facts: Of the bundle.
        root_sha256: 64 hex digits: the SHA-256 of `tagmanifest-sha256.txt`.
        third_party_time: The time a stamp authority confirms and its name; None if none does.
    """

    def body(language: Language) -> Iterable[Block]:
        none = Words(
            zh="无。本证据包没有第三方证明的时间。", en="None. No third party confirms a time."
        )
        time = (third_party_time or none).in_(language)
        labels = bundle_texts.ROOT_LABELS[language]
        yield Fields(
            rows=tuple(
                zip(
                    labels,
                    (
                        facts.name,
                        facts.reference,
                        facts.on.isoformat(),
                        bundle_frame.amount(facts, language),
                        in_groups(root_sha256),
                        time,
                    ),
                    strict=True,
                )
            ),
            language=language,
        )
        for text in bundle_texts.ROOT_TEXTS[language]:
            yield Paragraph(text=text, language=language)

    title = Words(zh="根校验值签署页", en="Root sum, for signing")
    return bundle_frame.paper(facts, title, body, signed=True)


def in_groups(digits: str) -> str:
    """Write 64 hex digits so that two people can compare them aloud: two lines of four eights."""
    eights = [digits[at : at + 8] for at in range(0, len(digits), 8)]
    return "\n".join(" ".join(eights[at : at + 4]) for at in range(0, len(eights), 4))
