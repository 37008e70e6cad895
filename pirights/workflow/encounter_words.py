"""The words of an encounter sheet: its headings, and what may stand under some of them.

Each in English as the program writes it, and in the Chinese that people type.
"""

from collections.abc import Mapping
from typing import Final

from pirights.domain.encounter import Answer, Circumstance, Role, ScanMode
from pirights.domain.handler import Venue

REQUIRED: Final = ("at", "place", "venue")
COLUMNS: Final = (
    *("at", "place", "venue", "handler", "mode", "notice", "consent", "separate_consent"),
    *("alternative", "purpose", "note"),
    *("zone", "about", "refused", "exemption", "minor", "public_place"),
    "circumstances",
)
"""Every heading, in the order in which the export writes them."""

CHINESE_HEADINGS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("时间", "刷脸时间"), "at"),
    **dict.fromkeys(("地点", "刷脸地点"), "place"),
    **dict.fromkeys(("场所", "场所类型"), "venue"),
    **dict.fromkeys(("处理者", "个人信息处理者"), "handler"),
    **dict.fromkeys(("方式", "识别方式"), "mode"),
    "告知": "notice",
    "同意": "consent",
    "单独同意": "separate_consent",
    **dict.fromkeys(("替代方式", "其他方式", "其他验证方式"), "alternative"),
    "目的": "purpose",
    **dict.fromkeys(("备注", "说明"), "note"),
    "时区": "zone",
    **dict.fromkeys(("大约", "约略"), "about"),
    **dict.fromkeys(("被拒绝", "拒绝服务"), "refused"),
    **dict.fromkeys(("豁免理由", "无需同意的理由"), "exemption"),
    **dict.fromkeys(("未成年", "未成年人"), "minor"),
    "公共场所": "public_place",
    **dict.fromkeys(("情节", "其他情况"), "circumstances"),
}

ANSWERS: Final[Mapping[str, Answer]] = {
    "": Answer.UNKNOWN,
    **{answer.value: answer for answer in Answer},
    **dict.fromkeys(("y", "true", "是", "有"), Answer.YES),
    **dict.fromkeys(("n", "false", "否", "无", "没有"), Answer.NO),
    **dict.fromkeys(("?", "？", "不详", "未知", "不知道", "不清楚"), Answer.UNKNOWN),
}

MODES: Final[Mapping[str, ScanMode]] = {
    "": ScanMode.UNKNOWN,
    **{mode.value: mode for mode in ScanMode},
    **dict.fromkeys(("核验", "验证", "身份验证"), ScanMode.VERIFICATION),
    **dict.fromkeys(("辨识", "识别", "身份识别"), ScanMode.IDENTIFICATION),
    **dict.fromkeys(("录入", "注册", "采集录入"), ScanMode.ENROLMENT),
    "enrollment": ScanMode.ENROLMENT,
    "测温": ScanMode.TEMPERATURE,
    **dict.fromkeys(("暗中采集", "隐蔽采集", "无感采集"), ScanMode.COVERT),
    **dict.fromkeys(("?", "？", "不详", "未知", "不清楚"), ScanMode.UNKNOWN),
}

VENUES: Final[Mapping[str, Venue]] = {
    **{venue.value: venue for venue in Venue},
    **dict.fromkeys(("小区", "住宅小区", "住宅"), Venue.RESIDENTIAL),
    **dict.fromkeys(("景区", "公园"), Venue.SCENIC_AREA),
    **dict.fromkeys(("学校", "校园"), Venue.SCHOOL),
    **dict.fromkeys(("工作单位", "单位", "公司"), Venue.WORKPLACE),
    **dict.fromkeys(("商店", "店铺", "超市"), Venue.SHOP),
    **dict.fromkeys(("商场", "购物中心"), Venue.MALL),
    **dict.fromkeys(("酒店", "宾馆", "旅馆"), Venue.HOTEL),
    "健身房": Venue.GYM,
    "医院": Venue.HOSPITAL,
    "药店": Venue.PHARMACY,
    **dict.fromkeys(("交通", "车站", "机场", "地铁"), Venue.TRANSPORT),
    **dict.fromkeys(("电信", "通信营业厅"), Venue.TELECOM),
    "银行": Venue.BANK,
    **dict.fromkeys(("政府", "政府机关", "政务"), Venue.GOVERNMENT),
    **dict.fromkeys(("公安", "公安机关"), Venue.POLICE),
    **dict.fromkeys(("应用", "应用程序", "小程序"), Venue.APP),
    "售楼处": Venue.SALES_OFFICE,
    "其他": Venue.OTHER,
}

ROLES: Final[Mapping[str, Role]] = {
    **{role.value: role for role in Role},
    **dict.fromkeys(("运营者", "经营者"), Role.OPERATOR),
    **dict.fromkeys(("物业", "物业服务企业"), Role.PROPERTY_MANAGER),
    **dict.fromkeys(("供应商", "设备商", "技术提供方"), Role.VENDOR),
    **dict.fromkeys(("受托人", "受托方"), Role.ENTRUSTED),
}

CIRCUMSTANCES: Final[Mapping[str, Circumstance]] = {
    **{one.value: one for one in Circumstance},
    "违反约定": Circumstance.AGAINST_AGREEMENT,
    "捆绑同意": Circumstance.BUNDLED_CONSENT,
    **dict.fromkeys(("强迫同意", "胁迫同意"), Circumstance.COERCED_CONSENT),
    **dict.fromkeys(("消费者", "顾客"), Circumstance.CUSTOMER),
    "信息已删除": Circumstance.DATA_GONE,
    **dict.fromkeys(("员工", "劳动者"), Circumstance.EMPLOYEE),
    "家庭自用": Circumstance.FAMILY_USE,
    "理由已消失": Circumstance.GROUND_ENDED,
    "监护人同意": Circumstance.GUARDIAN_CONSENT,
    "疑似泄露": Circumstance.LEAK,
    **dict.fromkeys(("满十万人", "满10万人"), Circumstance.MANY_FACES),
    "传出设备": Circumstance.OFF_DEVICE,
    "另作他用": Circumstance.OTHER_USE,
    "私密空间": Circumstance.PRIVATE_SPACE,
    "公共安全视频系统": Circumstance.PUBLIC_SECURITY_SYSTEM,
    "目的已结束": Circumstance.PURPOSE_ENDED,
    **dict.fromkeys(("业主或物业使用人", "业主", "租户"), Circumstance.RESIDENT),
    "提供给他人": Circumstance.SHARED,
    "格式条款": Circumstance.STANDARD_TERMS,
    **dict.fromkeys(("不满十四周岁", "不满14周岁"), Circumstance.UNDER_14),
}
