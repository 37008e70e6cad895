"""What `VERIFY.txt` and `VERIFY.zh.txt` in a bundle say: how to check it without this program.

They are files for whoever receives the bundle, not text of the command line: plain constants.
Commands stand on lines of their own, indented by four spaces, under the name of the system.
"""

from typing import Final

_LINUX: Final = """\
    sha256sum --strict -c tagmanifest-sha256.txt
    sha256sum --strict -c manifest-sha256.txt
    (find data ! -type d; cut -c 67- manifest-sha256.txt) | LC_ALL=C sort | uniq -u
    (find . -path ./data -prune -o -type f -print | cut -c 3-; echo tagmanifest-sha256.txt; \
cut -c 67- tagmanifest-sha256.txt) | LC_ALL=C sort | uniq -u
    find . -type l
    sha256sum tagmanifest-sha256.txt
"""

_MACOS: Final = _LINUX.replace("sha256sum --strict -c", "shasum -a 256 -c").replace(
    "sha256sum tagmanifest", "shasum -a 256 tagmanifest"
)

_FIRST: Final = "tagmanifest-sha256.txt.tsr"

_LATER: Final = r"""
    for t in timestamps/[0-9][0-9][0-9].tsr; do cat tagmanifest-sha256.txt \
tagmanifest-sha256.txt.tsr $(printf '%s\n' timestamps/[0-9][0-9][0-9].tsr | sed "\|$t|,\$d") | \
VERIFY; done
""".strip("\n").replace("\\\n", "")
"""Each later time stamp is of the list and all time stamps before it, one behind the other.

The names are held to three digits, because sed would take any other for commands of its own.
"""


def _stamp_commands(seconds: str) -> str:
    """Write the commands that check time stamps; openssl prints their times, the rest reads them.

    Args:
        seconds: A command that turns the lines of `openssl ts -reply -text` into Unix time.
    """

    def check(token: str, data: str, chain: str) -> str:
        return (
            f"openssl ts -verify -in {token} -data {data} -CAfile ../root.pem -untrusted {chain} "
            f"-attime $(openssl ts -reply -in {token} -text | {seconds})"
        )

    first = check(_FIRST, "tagmanifest-sha256.txt", "tsa-certs/001.pem")
    later = check("$t", "/dev/stdin", "tsa-certs/$(basename $t .tsr).pem")
    return (
        f"    openssl ts -reply -in {_FIRST} -text\n"
        "    openssl x509 -in ../root.pem -noout -subject -fingerprint -sha256\n"
        f"    {first}\n{_LATER.replace('VERIFY', later)}\n"
    )


_LINUX_STAMPS: Final = _stamp_commands("""LC_ALL=C date +%s -d "$(sed -n 's/^Time stamp: //p')\"""")

_MACOS_STAMPS: Final = _stamp_commands(
    r"""perl -MTime::Piece -ne '/^Time stamp: (.*?)(\.\d+)? (\d+) GMT/ """
    r"""and print Time::Piece->strptime("$1 $3", "%b %d %T %Y")->epoch'"""
)

_WINDOWS: Final = r"""
    foreach ($list in 'tagmanifest-sha256.txt', 'manifest-sha256.txt') {
      Get-Content $list | ForEach-Object {
        $sum, $name = $_ -split '  ', 2
        $here = (Get-FileHash -Algorithm SHA256 -LiteralPath $name).Hash
        if ($here -ne $sum) { "DIFFERENT: $name" }
      }
    }

    $listed = Get-Content manifest-sha256.txt | ForEach-Object { $_.Substring(66) }
    $here = Get-ChildItem data -Recurse -File -Force | ForEach-Object {
      (Resolve-Path -Relative -LiteralPath $_.FullName).Substring(2).Replace('\', '/') }
    Compare-Object $listed $here

    Get-ChildItem . -File -Force -Name

    Get-ChildItem . -Recurse -Force -Attributes ReparsePoint

    certutil -hashfile tagmanifest-sha256.txt SHA256
""".removeprefix("\n")

ENGLISH: Final = f"""\
HOW TO CHECK THIS BUNDLE

You need no special program. Open a terminal in the folder that holds this file. If you received
a .zip file, unpack it first.

What the lists are: manifest-sha256.txt names every file under data/ with its SHA-256 sum.
tagmanifest-sha256.txt does the same for the files beside data/, the first list among them. So
the SHA-256 sum of tagmanifest-sha256.txt, called the root, stands for the whole bundle.

What the check proves: nothing in the bundle has changed since the root was made. By itself it
does not prove who made the bundle or when: whoever changes a file can also write new lists.
Therefore compare the root with one that was kept elsewhere, such as the signed root sheet on
paper (the file whose name ends in -root.pdf is its printed form). All 64 characters must agree.

The six steps on Linux and macOS:
  1. Every line must end in "OK": the files beside data/ are unchanged.
  2. Every line must end in "OK": the files under data/ are unchanged.
  3. Must print nothing. A name printed here is a file that was added or is missing.
  4. Must print nothing but time stamps that came later (tagmanifest-sha256.txt.tsr, timestamps/,
     tsa-certs/).
  5. Must print nothing: the bundle holds no links.
  6. Prints the root: compare it with the signed sheet.


LINUX

{_LINUX}

MACOS

{_MACOS}

WINDOWS (PowerShell)

Copy the five commands, which stand apart by empty lines, one after the other. The first must
print nothing: every file has the sum in its list. The second must print nothing: no file was
added or is missing. The third must print only bagit.txt, bag-info.txt, manifest-sha256.txt,
sm3sums.txt, tagmanifest-sha256.txt, VERIFY.txt, VERIFY.zh.txt and, where there is one, a time
stamp. The fourth must print nothing: there are no links. The last prints the root: compare it
with the signed sheet.

{_WINDOWS}

TIME STAMPS

A file tagmanifest-sha256.txt.tsr, where there is one, is the word of a time-stamp authority
(RFC 3161) that the root existed at a time. Files in timestamps/ were added later: each covers the
root and all time stamps before it. A time stamp shows that these bytes existed then; it does not
show that what they say is true. Without such a file no third party confirms a time.

Get the authority's root certificate yourself, from the authority's own site or from somebody you
trust, and compare its SHA-256 fingerprint with the one that the authority publishes. Never take
it from this bundle or from whoever gave you the bundle: a forger can bring an authority of his
own. Save it as root.pem in the folder above this one (a .cer file in DER form becomes PEM with
"openssl x509 -inform DER -in FILE -out root.pem"). It may hold the roots of several authorities,
one behind the other.

  1. Prints what the time stamp says. "Time stamp" is the time, in GMT; Beijing is 8 hours ahead.
  2. Prints name and fingerprint of root.pem: compare all its characters.
  3. Must print "Verification: OK". (It judges certificates as of the time in the time stamp.)
  4. Only where there is a folder timestamps: must print "Verification: OK" for each file in it.

A line which says that a certificate "is not a CA cert" is harmless.


TIME STAMPS ON LINUX

{_LINUX_STAMPS}

TIME STAMPS ON MACOS (with OpenSSL 1.1.1 or later; "openssl version" must not say LibreSSL)

{_MACOS_STAMPS}

TIME STAMPS ON WINDOWS

Git for Windows brings OpenSSL and a terminal, Git Bash, in which the commands for Linux run.


WITH OTHER PROGRAMS

The folder follows BagIt 1.0 (RFC 8493), so any BagIt program can check it, for example bagit.py,
run from the folder above this one (put this folder's name in place of FOLDER):

    bagit.py --validate FOLDER

sm3sums.txt holds the sums of the same files under SM3 (GB/T 32905). With GNU coreutils 9.0 or
later:

    cksum -a sm3 --strict -c sm3sums.txt
"""

CHINESE: Final = f"""\
如何核验本证据包

核验不需要专门的软件。请在本文件所在的文件夹中打开终端；如果收到的是 .zip 文件，请先解压。

清单的作用：manifest-sha256.txt 逐一列出 data/ 之下的每个文件及其 SHA-256 校验值；
tagmanifest-sha256.txt 以同样方式列出 data/ 之外的文件，前一份清单也在其中。因此，
tagmanifest-sha256.txt 自身的 SHA-256 校验值（下称“根校验值”）就代表整个证据包。

核验能证明什么：自根校验值生成以来，包内文件没有任何改动。仅凭核验本身，不能证明证据包由谁制作、
何时制作，因为改动文件的人也可以重写清单。所以，请将根校验值与另行保存的根值比对，例如纸质签名的
根校验值签署页（文件名以 -root.pdf 结尾的文件即其打印稿）。64 个字符必须全部一致。

Linux 与 macOS 上的六个步骤：
  一、每一行都应以“OK”（中文系统显示“成功”）结尾：data/ 之外的文件未被改动。
  二、每一行都应以“OK”（中文系统显示“成功”）结尾：data/ 之下的文件未被改动。
  三、不应有任何输出。如有输出，所列文件即为多出或缺失的文件。
  四、除后来加盖的时间戳（tagmanifest-sha256.txt.tsr、timestamps/、tsa-certs/）外，不应有任何输出。
  五、不应有任何输出：包内没有链接文件。
  六、显示根校验值：请与签名的根校验值签署页比对。


LINUX

{_LINUX}

MACOS

{_MACOS}

WINDOWS（PowerShell）

以下五条命令以空行隔开，请依次复制运行。第一条不应有任何输出：各文件的校验值均与清单一致。
第二条不应有任何输出：没有多出或缺失的文件。第三条只应列出 bagit.txt、bag-info.txt、
manifest-sha256.txt、sm3sums.txt、tagmanifest-sha256.txt、VERIFY.txt、VERIFY.zh.txt，以及可能有的
时间戳文件。第四条不应有任何输出：没有链接文件。第五条显示根校验值：请与签名的根校验值签署页比对。

{_WINDOWS}

时间戳

如有 tagmanifest-sha256.txt.tsr 文件，它是时间戳服务机构依照 RFC 3161 出具的时间戳，
说明根校验值在某一时刻已经存在。timestamps/ 中的文件是后来追加的，每一份都覆盖根校验值和此前的
全部时间戳。时间戳说明这些数据当时已经存在，不说明其内容属实。没有上述文件的，即没有第三方证明的时间。

请自行取得该机构的根证书：从该机构自己的网站，或者向您信任的人索取，并将其 SHA-256 指纹与该机构
公布的指纹比对。切勿使用本证据包内的或者由提供证据包的人给您的根证书：造假的人可以自带一个“机构”。
请将根证书以 root.pem 为名保存在上一级文件夹中（DER 格式的 .cer 文件可用
“openssl x509 -inform DER -in 文件 -out root.pem”转换）。该文件可以依次存放多家机构的根证书。

  一、显示时间戳的内容。“Time stamp”即为时间，是格林尼治时间（GMT），加八小时即为北京时间。
  二、显示 root.pem 的名称和指纹：请逐一比对全部字符。
  三、应显示“Verification: OK”。（证书是否有效，按时间戳所载的时刻判断。）
  四、仅在有 timestamps 文件夹时：对其中每一份文件都应显示“Verification: OK”。

出现某证书“is not a CA cert”的提示，不影响结果。


LINUX 上的时间戳

{_LINUX_STAMPS}

MACOS 上的时间戳（需要 OpenSSL 1.1.1 或以上版本；“openssl version”不应显示 LibreSSL）

{_MACOS_STAMPS}

WINDOWS 上的时间戳

Git for Windows 自带 OpenSSL 和终端 Git Bash，可在其中运行 LINUX 的命令。


使用其他软件

本文件夹符合 BagIt 1.0 规范（RFC 8493），任何支持 BagIt 的软件都能核验，例如 bagit.py。
请在上一级文件夹中运行（将 FOLDER 换成本文件夹的名称）：

    bagit.py --validate FOLDER

sm3sums.txt 是同一批文件的 SM3（GB/T 32905）校验值。使用 GNU coreutils 9.0 及以上版本核验：

    cksum -a sm3 --strict -c sm3sums.txt
"""
