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

使用其他软件

本文件夹符合 BagIt 1.0 规范（RFC 8493），任何支持 BagIt 的软件都能核验，例如 bagit.py。
请在上一级文件夹中运行（将 FOLDER 换成本文件夹的名称）：

    bagit.py --validate FOLDER

sm3sums.txt 是同一批文件的 SM3（GB/T 32905）校验值。使用 GNU coreutils 9.0 及以上版本核验：

    cksum -a sm3 --strict -c sm3sums.txt
"""
