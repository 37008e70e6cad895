"""How the parts of a chat are named in a catalogue: what each shows, and whose clock says when."""

from typing import Final

from pirights.domain.dispatch import Channel
from pirights.domain.reply import PartClock, Reply
from pirights.domain.words import Words

SOURCE: Final = Words(
    zh="请求人从其设备上的应用程序截取或者导出",
    en="Captured or exported by the person from an app on their own device",
)
_CHAT: Final = {
    Channel.WECHAT: Words(zh="微信聊天记录", en="WeChat talk"),
    Channel.APP: Words(zh="应用程序内聊天记录", en="Talk in the app"),
}
_OTHER: Final = Words(zh="往来记录", en="Record of a talk")
_CLOCKS: Final = {
    PartClock.TALK: Words(zh="聊天内容所载时间", en="time in the talk itself"),
    PartClock.CAMERA: Words(zh="截图所载时间", en="time in the picture's own notes"),
    PartClock.NAME: Words(zh="文件名所载时间", en="time in the file's name"),
    PartClock.SAID: Words(zh="请求人陈述的时间", en="time as the person states it"),
    PartClock.FILE: Words(zh="文件修改时间", en="time of the file's last change"),
}


def whole(reply: Reply) -> Words:
    """Name a message that came in several parts."""
    chat = _chat(reply)
    first, last = reply.parts[0], reply.parts[-1]
    begins, ends = _CLOCKS[first.by], _CLOCKS[last.by]
    return Words(
        zh=f"{reply.on}{chat.zh}（首份：{begins.zh}{first.taken}；末份：{ends.zh}{last.taken}）",
        en=f"{chat.en} of {reply.on} (first file: {begins.en} {first.taken}; "
        f"last file: {ends.en} {last.taken})",
    )


def title(reply: Reply, place: int) -> Words:
    """Name one part of a message that came in parts; its place is counted from 0."""
    part, count = reply.parts[place], len(reply.parts)
    chat = _chat(reply)
    clock = _CLOCKS[part.by]
    zh = f"{part.taken}至{part.until}" if part.until else part.taken
    en = f"{part.taken} to {part.until}" if part.until else part.taken
    return Words(
        zh=f"{reply.on}{chat.zh}（{place + 1}/{count}，{clock.zh}{zh}）：{part.name}",
        en=f"{chat.en} of {reply.on} ({place + 1} of {count}, {clock.en} {en}): {part.name}",
    )


def _chat(reply: Reply) -> Words:
    return _CHAT.get(reply.channel, _OTHER) if reply.channel is not None else _OTHER
