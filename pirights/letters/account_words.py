"""The sentences in which a scan and the course of a case are told to a third party.

The gaps: `{they}` is how the paper calls the handler; `{me}`, `{mine}` and `{whose}`, which begins
a sentence, how it speaks of the one whose information it is; `{guardians}` what is their
guardian's.
"""

from typing import Final

from pirights.domain.encounter import Answer, Circumstance, ScanMode
from pirights.domain.period import Force
from pirights.domain.reply import ReplyKind
from pirights.domain.words import Words

WHERE: Final = {
    False: Words(zh="{time}，在{place}，", en="At {time}, at {place},"),
    True: Words(zh="{time}前后，在{place}，", en="About {time}, at {place},"),
}
TO_SCAN: Final = Words(
    zh="{they}要求{me}接受人脸识别。", en="{they} required {me} to accept facial recognition."
)
TO_ENROL: Final = Words(
    zh="{they}要求{me}录入人脸信息。", en="{they} required {me} to enrol facial information."
)
DONE: Final = {
    ScanMode.VERIFICATION: Words(
        zh="{they}的设备对{me}进行了人脸验证。", en="a device of {they} verified {mine} face."
    ),
    ScanMode.IDENTIFICATION: Words(
        zh="{they}的设备对{me}进行了人脸辨识。",
        en="a device of {they} carried out facial identification of {me}.",
    ),
    ScanMode.ENROLMENT: Words(
        zh="{they}采集并录入了{mine}的人脸信息。",
        en="{they} took and enrolled {mine} facial information.",
    ),
    ScanMode.TEMPERATURE: Words(
        zh="{they}在测量体温时采集了{mine}的面部图像。",
        en="{they} took an image of {mine} face while taking a temperature.",
    ),
    ScanMode.COVERT: Words(
        zh="{they}在未告知{me}的情况下采集了{mine}的面部图像。",
        en="{they} took an image of {mine} face without telling {me}.",
    ),
    ScanMode.UNKNOWN: Words(
        zh="{they}的设备采集了{mine}的面部图像，具体的处理方式不详。",
        en="a device of {they} took an image of {mine} face; how it is handled is not known.",
    ),
}
NOTICE: Final = {
    Answer.NO: Words(
        zh="现场未见关于处理人脸信息的告知或者提示标识。",
        en="No notice or sign about handling facial information was seen there.",
    ),
    Answer.YES: Words(
        zh="现场设有关于处理人脸信息的告知或者提示标识。",
        en="There was a notice or sign about handling facial information.",
    ),
}
PURPOSE: Final = Words(
    zh="现场所称目的为：{purpose}。", en="The purpose named there was: {purpose}."
)
EXEMPTION: Final = Words(
    zh="{they}称无须取得同意的理由为：{exemption}。",
    en="The reason that {they} gave for needing no consent was: {exemption}.",
)
NO_CONSENT: Final = Words(
    zh="事前未征得{mine}的同意。", en="{whose} consent was not obtained beforehand."
)
NO_SEPARATE: Final = Words(
    zh="未就处理人脸信息取得{mine}的单独同意。",
    en="{whose} separate consent to handling facial information was not obtained.",
)
NO_CONSENT_OF_EITHER: Final = Words(
    zh="事前未征得{mine}或者监护人的同意。",
    en="Neither {mine} consent nor {guardians} was obtained beforehand.",
)
NO_SEPARATE_OF_EITHER: Final = Words(
    zh="未就处理人脸信息取得{mine}或者监护人的单独同意。",
    en="Neither {mine} separate consent to handling facial information nor {guardians} was "
    "obtained.",
)
ALTERNATIVE: Final = {
    Answer.NO: Words(
        zh="现场未提供人脸识别以外的验证方式。",
        en="No way of verification other than facial recognition was offered there.",
    ),
    Answer.YES: Words(
        zh="现场另有人脸识别以外的验证方式。",
        en="There was also a way of verification other than facial recognition.",
    ),
}
TURNED_AWAY: Final = Words(
    zh="因{me}未接受人脸识别，{they}未予通行或者未提供服务。",
    en="As it was not accepted, {they} gave no passage or no service.",
)
MINOR: Final = Words(zh="{me}当时未满十八周岁。", en="The person scanned was then under eighteen.")
CIRCUMSTANCES: Final = {
    Circumstance.PRIVATE_SPACE: Words(
        zh="据现场所见，该设备装在客房、包间、浴室、更衣室、卫生间等私密空间的内部。",
        en="As far as could be seen, the device is inside a private space such as a guest room, "
        "private dining room, bathroom, changing room or toilet.",
    ),
    Circumstance.PUBLIC_SECURITY_SYSTEM: Words(
        zh="据了解，该设备属于公共安全视频系统。",
        en="As far as is known, the device is part of a public security video system.",
    ),
    Circumstance.FAMILY_USE: Words(
        zh="据了解，该设备由个人为自己的事务安装。",
        en="As far as is known, an individual installed the device for affairs of their own.",
    ),
    Circumstance.OTHER_USE: Words(
        zh="据了解，所收集的信息还用于维护公共安全以外的用途。",
        en="As far as is known, what is collected also serves uses other than public security.",
    ),
    Circumstance.SHARED: Words(
        zh="据了解，有关信息提供给了其他方。",
        en="As far as is known, the information was given to others.",
    ),
    Circumstance.OFF_DEVICE: Words(
        zh="据了解，有关信息离开了识别设备。",
        en="As far as is known, the information left the device.",
    ),
    Circumstance.BUNDLED_CONSENT: Words(
        zh="征求同意时与其他授权捆绑在一起，不能分开选择。",
        en="Consent was asked for together with other permissions, without a separate choice.",
    ),
    Circumstance.PURPOSE_ENDED: Words(
        zh="当初收集信息的目的已经结束。", en="The purpose of the collection has ended."
    ),
    Circumstance.GROUND_ENDED: Words(
        zh="当初所称的理由已经消失。", en="The reason given then has ended."
    ),
    Circumstance.UNDER_14: Words(
        zh="被识别的人当时不满十四周岁。", en="The person scanned was then under fourteen."
    ),
    Circumstance.CUSTOMER: Words(
        zh="{me}当时为购买商品或者接受服务而到场。",
        en="The visit was for buying goods or receiving a service.",
    ),
    Circumstance.RESIDENT: Words(
        zh="{me}系该小区的业主或者物业使用人。",
        en="The person scanned is an owner or property user of the estate.",
    ),
    Circumstance.EMPLOYEE: Words(
        zh="{me}当时在该单位工作。", en="The person scanned worked there at the time."
    ),
}
"""What the log's circumstances say of a scan; the others are no facts of the place."""

SENT: Final = Words(
    zh="{day}，本人以{channel}向{they}发出《{title}》（编号{label}）",
    en="On {day} I sent to {they}, by {channel}, a {title} (reference {label})",
)
SENT_TRACKED: Final = Words(
    zh="{day}，本人以{channel}（单号{tracking}）向{they}发出《{title}》（编号{label}）",
    en="On {day} I sent to {they}, by {channel} (number {tracking}), a {title} (reference {label})",
)
ITEMS: Final = Words(zh="，列明{count}项请求。", en=", which asks for {count} items.")
STOP: Final = Words(zh="。", en=".")
ARRIVED_PROVED: Final = Words(
    zh="{day}，该文书（编号{label}）到达{they}，留有送达凭证。",
    en="On {day} that paper (reference {label}) reached {they}; proof of its arrival is kept.",
)
ARRIVED: Final = Words(
    zh="{day}，该文书（编号{label}）到达{they}。",
    en="On {day} that paper (reference {label}) reached {they}.",
)
CAME: Final = Words(zh="{day}，收到", en="On {day} there came ")
REPLIES: Final = {
    ReplyKind.ACKNOWLEDGEMENT: Words(
        zh="{they}的回复，表示已经收到请求。",
        en="a reply of {they}, which acknowledges the request.",
    ),
    ReplyKind.FORM_REQUIRED: Words(
        zh="{they}的回复，要求使用其指定的表格或者渠道。",
        en="a reply of {they}, which requires its own form or channel.",
    ),
    ReplyKind.IDENTITY_REQUIRED: Words(
        zh="{they}的回复，要求核验身份。", en="a reply of {they}, which asks for proof of identity."
    ),
    ReplyKind.MORE_INFORMATION: Words(
        zh="{they}的回复，要求补充材料。", en="a reply of {they}, which asks for more information."
    ),
    ReplyKind.EXTENDED: Words(
        zh="{they}的回复，表示需要更多时间。",
        en="a reply of {they}, which says that it needs more time.",
    ),
    ReplyKind.TRANSFERRED: Words(
        zh="{they}的回复，表示已经转交办理。",
        en="a reply of {they}, which says that the matter was passed on.",
    ),
    ReplyKind.GIVEN: Words(
        zh="{they}的答复，其中提供了有关信息。",
        en="an answer of {they}, which gives information.",
    ),
    ReplyKind.PARTIAL: Words(
        zh="{they}的部分答复。", en="an answer of {they} to a part of the request."
    ),
    ReplyKind.NO_DATA: Words(
        zh="{they}的答复，称未持有有关信息。",
        en="an answer of {they}, which says that it holds no such information.",
    ),
    ReplyKind.REFUSED: Words(zh="{they}拒绝请求的答复。", en="an answer of {they} that refuses."),
    ReplyKind.EXEMPT: Words(
        zh="{they}的答复，称依照规定不需提供。",
        en="an answer of {they}, which says that under the rules it need not provide it.",
    ),
    ReplyKind.BOUNCED: Words(
        zh="退信通知，邮件未能投递。", en="a notice that the mail could not be delivered."
    ),
    ReplyKind.AUTO_REPLY: Words(zh="一封自动回复。", en="an automatic reply."),
    ReplyKind.UNKNOWN: Words(zh="{they}的来函。", en="a message of {they}."),
}
AUTHORITY_CAME: Final = Words(
    zh="{day}，收到{they}就编号为{label}的文书作出的回复，内容以其原件为准。",
    en="On {day} there came an answer of {they} to the paper with the reference {label}; its "
    "content is that of the original.",
)
SILENCE: Final = Words(
    zh="截至{day}，未收到{they}就请求事项的答复。",
    en="Up to {day} no answer of {they} to the request has come.",
)
PASSED: Final = {
    Force.PROMISE: Words(
        zh="{they}自行承诺的答复期限截至{due}，现已届满。",
        en=" The day by which {they} itself promised to answer was {due}; it has passed.",
    ),
    Force.STATUTORY: Words(
        zh="按所适用的规定计算的答复期限截至{due}，现已届满。",
        en=" The day for an answer reckoned under the rule that applies was {due}; it has passed.",
    ),
    Force.STANDARD: Words(
        zh="请求书参照其所载标准建议的答复期限截至{due}，现已届满；该日期不是法定期限。",
        en=" The day that the request suggested, after the standard that it names, was {due}; it "
        "has passed. It is not a statutory period.",
    ),
    Force.SUGGESTION: Words(
        zh="本人建议的答复期限截至{due}，现已届满；该日期不是法定期限。",
        en=" The day for an answer that I suggested was {due}; it has passed. It is not a "
        "statutory period.",
    ),
}
