"""Why an original is not shown in the bound copy (证据装订本), said in its place."""

from enum import StrEnum

from pirights.domain.words import Words


class Refusal(StrEnum):
    """Why a bound copy cannot show an original, or all of it. The original is kept all the same."""

    EMPTY = "empty"
    DAMAGED = "damaged"
    MOVING = "moving"
    ENCRYPTED = "encrypted"
    ABSURD_PAGE = "absurd-page"
    TOO_LARGE = "too-large"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_MANY_PIXELS = "too-many-pixels"
    TOO_MUCH_MEMORY = "too-much-memory"
    TOO_MUCH_OUTPUT = "too-much-output"
    TOO_MUCH_TEXT = "too-much-text"
    TOO_SLOW = "too-slow"
    CRASHED = "crashed"

    @property
    def words(self) -> Words:
        """The sentence that stands where the page would be."""
        return _REFUSALS[self]


_REFUSALS = {
    Refusal.EMPTY: Words(zh="原文件为空。", en="The original is empty."),
    Refusal.DAMAGED: Words(
        zh="原文件不完整或者不符合其格式，无法显示。",
        en="The original is incomplete or breaks its format, and cannot be shown.",
    ),
    Refusal.MOVING: Words(
        zh="原文件含有多帧画面，无法作为一幅图片显示。",
        en="The original holds several pictures in a row, and cannot be shown as one.",
    ),
    Refusal.ENCRYPTED: Words(
        zh="原文件设有密码，无法显示。",
        en="The original is protected by a password, and cannot be shown.",
    ),
    Refusal.ABSURD_PAGE: Words(
        zh="该页所标尺寸超出格式允许的范围，未予显示。",
        en="This page states a size beyond what its format allows, and is not shown.",
    ),
    Refusal.TOO_LARGE: Words(
        zh="原文件超过装订本可处理的大小，未予显示。",
        en="The original is larger than the bound copy can take, and is not shown.",
    ),
    Refusal.TOO_MANY_PAGES: Words(
        zh="原文件页数超过装订本上限，其余各页请见原文件。",
        en="The original has more pages than the bound copy takes; see the original for the rest.",
    ),
    Refusal.TOO_MANY_PIXELS: Words(
        zh="图片像素数超过装订本可处理的上限，未予显示。",
        en="The picture has more pixels than the bound copy can take, and is not shown.",
    ),
    Refusal.TOO_MUCH_MEMORY: Words(
        zh="显示原文件所需内存超过上限，未予显示。",
        en="Showing the original would need more memory than allowed, and was stopped.",
    ),
    Refusal.TOO_MUCH_OUTPUT: Words(
        zh="所得页面的数据量超过装订本上限，其余各页请见原文件。",
        en="The pages grew larger than the bound copy takes; see the original for the rest.",
    ),
    Refusal.TOO_MUCH_TEXT: Words(
        zh="文字超过装订本上限，其余内容请见原文件。",
        en="The text is longer than the bound copy takes; see the original for the rest.",
    ),
    Refusal.TOO_SLOW: Words(
        zh="在规定时间内未能完成显示，已停止处理。",
        en="The original could not be shown within the time allowed, and work on it was stopped.",
    ),
    Refusal.CRASHED: Words(
        zh="处理原文件的程序在隔离环境中异常中止，未予显示。",
        en="The program that opens such files broke down on the original, in its own locked "
        "room; it is not shown.",
    ),
}
