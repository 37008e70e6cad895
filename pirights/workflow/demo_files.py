"""The files of the sample case: real photos, pictures, papers and mail, about people made up.

Everything is drawn here, from the fonts that pirights ships; the same files come out each time.
"""

import io
from collections.abc import Sequence
from datetime import date, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from pirights import resources
from pirights.domain.document import Document, Fields, Language, Letters, Paragraph, Table, Title

if TYPE_CHECKING:
    from PIL.Image import Exif, Image
    from PIL.ImageFont import FreeTypeFont

PERSON: Final = "林知远"
PERSON_EN: Final = "Lin Zhiyuan"
COMPANY: Final = "杭州云溪野趣乐园有限公司"
COMPANY_EN: Final = "Hangzhou Yunxi Yequ Park Co., Ltd."
CARD: Final = "YX-2026-0317"
MAILBOX: Final = "privacy@yunxi-yequ.example"
NAMES: Final = (
    *("年卡收据.pdf", "IMG_0719.jpg", "短信截图-0917.png", "IMG_1017.heic"),
    *("EMS寄件回执.png", "EMS签收页面.png", "乐园回复.eml"),
)
"""The files that `write_all` and `reply` make."""

BEIJING: Final = ZoneInfo("Asia/Shanghai")

_FONT: Final = "NotoSansSC_500Medium.ttf"
_PHOTO: Final = (1280, 960)
_PHONE: Final = (720, 1280)
_ORIGINAL: Final = 0x9003  # Exif tag DateTimeOriginal
_OFFSET: Final = 0x9011  # Exif tag OffsetTimeOriginal
_EXIF: Final = 0x8769
_GPS: Final = 0x8825


def write_all(folder: Path) -> dict[str, Path]:
    """Make the files of the sample case and say where each is."""
    made = {
        "card": (folder / "年卡收据.pdf", _receipt()),
        "gate": (folder / "IMG_0719.jpg", _gate_photo()),
        "sms": (folder / "短信截图-0917.png", _sms()),
        "sign": (folder / "IMG_1017.heic", _sign_photo()),
        "sent": (folder / "EMS寄件回执.png", _slip("EMS 寄件回执", _SENT)),
        "arrived": (folder / "EMS签收页面.png", _slip("EMS 邮件查询", _ARRIVED)),
    }
    for path, data in made.values():
        path.write_bytes(data)
    return {name: path for name, (path, _) in made.items()}


def reply(folder: Path, ref: str) -> Path:
    """Make the mail in which the park answers."""
    mail = EmailMessage()
    mail["From"] = f"{COMPANY} <{MAILBOX}>"
    mail["To"] = f"{PERSON} <lin.zhiyuan@mail.example>"
    mail["Subject"] = f"关于您来函的回复 [{ref}]"
    mail["Date"] = format_datetime(datetime(2026, 10, 30, 15, 42, tzinfo=BEIJING))
    mail["Message-ID"] = "<20261030.0001@yunxi-yequ.example>"
    mail.set_content(
        f"{PERSON}先生：\n\n"
        f"您寄来的《个人信息权益行使请求书》（编号 {ref}）已收到。\n"
        "我公司正在核实您所列的各项请求，将按照公开的个人信息处理规则，"
        "在收到来函之日起15个工作日内给予书面答复。\n\n"
        f"{COMPANY}\n客户服务部\n2026年10月30日\n",
        cte="base64",
    )
    path = folder / "乐园回复.eml"
    path.write_bytes(mail.as_bytes())
    return path


_SENT: Final = (
    "邮件号　1098765432199",
    "寄达地　浙江省杭州市",
    f"收件人　{COMPANY}",
    "内件品名　林知远关于查阅、复制、删除人脸信息的请求书",
    "收寄时间　2026-10-20 10:12",
)
_ARRIVED: Final = (
    "邮件号　1098765432199",
    "2026-10-20 10:12　已收寄",
    "2026-10-21 22:40　到达杭州处理中心",
    "2026-10-22 09:35　已签收，签收人：前台代收",
)


def _receipt() -> bytes:
    from pirights.render import pdf

    zh = Language.ZH
    return pdf.to_bytes(
        Document(
            title="年卡收据",
            letters=Letters.ZH,
            reference="",
            on=date(2026, 3, 17),
            blocks=(
                Title(text="年卡收据", language=zh),
                Fields(
                    rows=(("收款单位", COMPANY), ("持卡人", PERSON), ("年卡号", CARD)), language=zh
                ),
                Table(
                    head=("项目", "数量", "金额（元）"),
                    rows=(("双人年卡", "1", "1360.00"),),
                    language=zh,
                ),
                Paragraph(text="入园方式：年卡和指纹。2026年3月17日", language=zh),
            ),
        )
    )


def _gate_photo() -> bytes:
    picture = _scene((168, 196, 214))
    _gate(picture, "请正对屏幕\n人脸注册")
    exif = _taken(picture, datetime(2026, 7, 19, 9, 26, 11, tzinfo=BEIJING), offset="+08:00")
    gps = exif.get_ifd(_GPS)
    gps.update({1: "N", 2: (30.0, 4.0, 12.0), 3: "E", 4: (119.0, 57.0, 36.0)})
    target = io.BytesIO()
    picture.save(target, "JPEG", quality=85, exif=exif)
    return target.getvalue()


def _sign_photo() -> bytes:
    from pillow_heif import register_heif_opener

    register_heif_opener()
    picture = _scene((214, 202, 180))
    _gate(picture, "年卡用户\n人脸识别入园")
    exif = _taken(picture, datetime(2026, 10, 17, 10, 3, 40, tzinfo=BEIJING), offset=None)
    target = io.BytesIO()
    picture.save(target, "HEIF", quality=60, exif=exif.tobytes())
    return target.getvalue()


def _taken(picture: "Image", at: datetime, *, offset: str | None) -> "Exif":
    exif = picture.getexif()
    ifd = exif.get_ifd(_EXIF)
    ifd[_ORIGINAL] = f"{at:%Y:%m:%d %H:%M:%S}"
    if offset is not None:
        ifd[_OFFSET] = offset
    return exif


def _sms() -> bytes:
    lines = (
        "【云溪野趣乐园】尊敬的年卡用户：",
        "园区年卡系统已升级为人脸识别入园，",
        "原指纹识别方式自即日起取消，",
        "未注册人脸识别的用户将无法正常入园。",
        "请携带年卡到年卡中心办理注册。",
    )
    return _screen("9月17日 周四 10:21", "短信 1069 0000 0000", lines)


def _slip(title: str, lines: Sequence[str]) -> bytes:
    return _screen("", title, lines)


def _screen(clock: str, title: str, lines: Sequence[str]) -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", _PHONE, (242, 242, 246))
    draw = ImageDraw.Draw(picture)
    draw.text((40, 60), clock, font=_font(26), fill=(110, 110, 110))
    draw.text((40, 110), title, font=_font(38), fill=(20, 20, 20))
    draw.rounded_rectangle((30, 200, 690, 250 + 62 * len(lines)), radius=24, fill=(255, 255, 255))
    for number, line in enumerate(lines):
        size = 32 if len(line) <= 19 else 23  # noqa: PLR2004 (what fits the bubble)
        draw.text((56, 226 + 62 * number), line, font=_font(size), fill=(20, 20, 20))
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def _scene(sky: tuple[int, int, int]) -> "Image":
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", _PHOTO, sky)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 700, *_PHOTO), fill=(120, 118, 112))
    draw.rectangle((80, 260, 420, 720), fill=(232, 226, 214))
    draw.rectangle((860, 260, 1200, 720), fill=(232, 226, 214))
    draw.text((112, 300), "云溪野趣乐园\n入园通道", font=_font(46), fill=(90, 60, 30))
    return picture


def _gate(picture: "Image", words: str) -> None:
    from PIL import ImageDraw

    draw = ImageDraw.Draw(picture)
    draw.rectangle((560, 320, 720, 760), fill=(60, 66, 74))
    draw.rounded_rectangle((500, 180, 780, 440), radius=18, fill=(24, 28, 34))
    draw.ellipse((626, 198, 654, 226), fill=(70, 140, 220))
    draw.multiline_text((524, 262), words, font=_font(36), fill=(230, 240, 250), spacing=18)
    draw.rectangle((720, 560, 860, 580), fill=(180, 60, 50))


def _font(size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(str(resources.folder("templates") / "fonts" / _FONT), size)
