"""Whose an address is: the domain that somebody registered, or the address itself.

At a provider where everybody can have an address, the domain says nothing about the writer; a
small company in China often writes from one.
"""

from typing import Final

_SECOND_LEVEL: Final = frozenset({"ac", "co", "com", "edu", "gov", "net", "org", "mil", "gob"})
"""Under a country's name these belong to nobody: com.cn, co.uk."""

_PROVINCES: Final = frozenset(
    {
        *("ah", "bj", "cq", "fj", "gd", "gs", "gx", "gz", "ha", "hb", "he", "hi", "hk", "hl"),
        *("hn", "jl", "js", "jx", "ln", "mo", "nm", "nx", "qh", "sc", "sd", "sh", "sn", "sx"),
        *("tj", "tw", "xj", "xz", "yn", "zj"),
    }
)
"""Of China, as in zj.cn."""

_COUNTRY: Final = 2
"""Letters of a country's name."""

PUBLIC: Final = frozenset(
    {
        *("qq.com", "foxmail.com", "163.com", "126.com", "yeah.net", "188.com", "netease.com"),
        *("sina.com", "sina.cn", "sina.com.cn", "sohu.com", "sogou.com", "tom.com", "21cn.com"),
        *("aliyun.com", "139.com", "189.cn", "wo.cn", "wo.com.cn", "263.net", "eyou.com"),
        *("88.com", "111.com", "2980.com", "chinaren.com", "citiz.net", "xinhuanet.com"),
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "live.cn"),
        *("msn.com", "yahoo.com", "yahoo.cn", "yahoo.com.cn", "icloud.com", "me.com", "mac.com"),
        *("proton.me", "protonmail.com", "gmx.com", "gmx.net", "mail.com", "mail.ru", "yandex.ru"),
        *("zoho.com", "fastmail.com", "aol.com", "tutanota.com", "hushmail.com"),
    }
)
"""Providers at which anybody can have an address."""

_PLATFORMS: Final = frozenset(
    {
        *("taobao.com", "tmall.com", "jd.com", "1688.com", "weibo.com", "weibo.cn", "douyin.com"),
        *("meituan.com", "dianping.com", "ctrip.com", "baidu.com", "alipay.com", "xiaohongshu.com"),
        *("bilibili.com", "zhihu.com", "github.io", "apple.com", "google.com", "youku.com"),
    }
)
"""Where a company has a page, and no mailbox."""


def owner_of(address: str) -> str:
    """Say whose an address is, in lower case: `park.example`, or `a@qq.com` whole; "" for none."""
    local, at, host = address.strip().casefold().rpartition("@")
    if not at or not local or not host:
        return ""
    domain = registered(host)
    return f"{local}@{host}" if domain in PUBLIC else domain


def owner_of_page(url: str) -> str:
    """Say whose a web address is; "" where it lies with a platform or a provider."""
    rest = url.strip().casefold().partition("://")[2] or url.strip().casefold()
    host = rest.split("/", 1)[0].split("?", 1)[0].rpartition("@")[2].partition(":")[0]
    domain = registered(host)
    return "" if domain in PUBLIC | _PLATFORMS or "." not in domain else domain


def registered(host: str) -> str:
    """Cut a host down to what was registered: mail.park.com.cn is park.com.cn's."""
    labels = host.strip(".").casefold().split(".")
    if all(label.isdigit() for label in labels):
        return host
    kept = 2
    if len(labels) > kept and len(labels[-1]) == _COUNTRY:
        shared = labels[-2] in _SECOND_LEVEL
        kept += shared or (labels[-1] == "cn" and labels[-2] in _PROVINCES)
    return ".".join(labels[-kept:])
