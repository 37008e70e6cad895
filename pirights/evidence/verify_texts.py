"""What `VERIFY.txt` and `VERIFY.zh.txt` in a bundle say: how to check it without this program.

They are files for whoever receives the bundle, not text of the command line: plain constants.
Commands stand on lines of their own, indented by four spaces, under the name of the system.
"""

from typing import Final

from pirights.evidence.verify_commands import LINUX, LINUX_STAMPS, MACOS, MACOS_STAMPS, WINDOWS

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

{LINUX}

MACOS

{MACOS}

WINDOWS (PowerShell)

Copy the five commands, which stand apart by empty lines, one after the other. The first must
print nothing: every file has the sum in its list. The second must print nothing: no file was
added or is missing. The third must print only bagit.txt, bag-info.txt, manifest-sha256.txt,
sm3sums.txt, tagmanifest-sha256.txt, VERIFY.txt, VERIFY.zh.txt, tools\\verify.py and, where there
are some, time stamps (tagmanifest-sha256.txt.tsr, timestamps\\, tsa-certs\\). The fourth must
print nothing: there are no links. The last prints the root: compare it with the signed sheet.

{WINDOWS}

TIME STAMPS

A file tagmanifest-sha256.txt.tsr, where there is one, is the word of a time-stamp authority
(RFC 3161) that the root existed at a time. Files in timestamps/ were added later: each covers the
root and all time stamps before it. A time stamp shows that these bytes existed then; it does not
show that what they say is true. Without such a file no third party confirms a time for the root;
the log can have time stamps of its own (see below).

Get the authority's root certificate yourself, from the authority's own site or from somebody you
trust, and compare its SHA-256 fingerprint with the one that the authority publishes. Never take
it from this bundle or from whoever gave you the bundle: a forger can bring an authority of his
own. Save it as root.pem in the folder above this one (a .cer file in DER form becomes PEM with
"openssl x509 -inform DER -in FILE -out root.pem"). It may hold the roots of several authorities,
one behind the other. A time stamp whose authority's root is not in it fails, and proves nothing;
another one that passes proves what it says all the same.

  1. Prints what the time stamp says. "Time stamp" is the time, in GMT; Beijing is 8 hours ahead.
  2. Prints name and fingerprint of root.pem: compare all its characters.
  3. Must print "Verification: OK". (It judges certificates as of the time in the time stamp.)
  4. Must print "Verification: OK" for each file in timestamps/, and nothing where there is none.
  5. Must print "Verification: OK" below each file that it names, and nothing where there is none.
These last are the time stamps of the log, which the end of this section explains.

A line which says that a certificate "is not a CA cert" is harmless. Where there is no file
tagmanifest-sha256.txt.tsr, the first and the third command say that they cannot open it.

What data/custody holds: journal.jsonl, the rows of the log that belong to this case, each under a
sum of its own; checkpoint.txt, one sum over the whole log as it stood at a time; proofs.json, by
which each row is shown to be under that sum, the rest of the log staying secret. A file
checkpoint.txt.tsr (or checkpoint-001.txt.tsr and so on, of earlier checkpoints) is the time stamp
of the checkpoint whose name it has: the rows up to the number in its second line were written
before that time. Other times in the log are those of its author's computer.


TIME STAMPS ON LINUX

{LINUX_STAMPS}

TIME STAMPS ON MACOS (with OpenSSL 3 or later; "openssl version" must not say LibreSSL)

{MACOS_STAMPS}

TIME STAMPS ON WINDOWS

Git for Windows brings OpenSSL and a terminal, Git Bash, in which the commands for Linux run.


WITH PYTHON

Python 3.8 or later runs the program that lies in the bundle (on Windows: py tools\\verify.py):

    python3 tools/verify.py

It checks everything that the steps above check but the time stamps, and also that the catalogue
names the exhibits that are here, that the log in data/custody agrees with its proofs, and that the
log says of each exhibit that it was taken in. Its last line must begin with "valid"; lines before
it name what is wrong. It does not check time stamps, nor the SM3 sums (the last command of this
file does), nor the words of the PDFs: compare the printed catalogue (01-catalogue.pdf) with
01-catalogue.csv by eye. A program that lies in the bundle can have been changed with it: if in
doubt, get it from elsewhere, such as from pirights itself or another bundle that you trust, and
give it this folder's name behind its own.


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
何时制作，因为改动文件的人也可以重写清单。所以，请将根校验值与另行保存的根校验值比对，例如已经签名
的纸质根校验值签署页（文件名以 -root.pdf 结尾的文件即其打印稿）。64 个字符必须全部一致。

Linux 与 macOS 上的六个步骤：
  一、每一行都应以“OK”（中文系统显示“成功”）结尾：data/ 之外的文件未被改动。
  二、每一行都应以“OK”（中文系统显示“成功”）结尾：data/ 之下的文件未被改动。
  三、不应有任何输出。如有输出，所列文件即为多出或缺失的文件。
  四、除后来加盖的时间戳（tagmanifest-sha256.txt.tsr、timestamps/、tsa-certs/）外，不应有任何输出。
  五、不应有任何输出：包内没有链接文件。
  六、显示根校验值：请与签名的根校验值签署页比对。


LINUX

{LINUX}

MACOS

{MACOS}

WINDOWS（PowerShell）

以下五条命令以空行隔开，请依次复制运行。第一条不应有任何输出：各文件的校验值均与清单一致。
第二条不应有任何输出：没有多出或缺失的文件。第三条只应列出 bagit.txt、bag-info.txt、
manifest-sha256.txt、sm3sums.txt、tagmanifest-sha256.txt、VERIFY.txt、VERIFY.zh.txt、
tools\\verify.py，以及可能有的时间戳文件（tagmanifest-sha256.txt.tsr、timestamps\\、tsa-certs\\）。
第四条不应有任何输出：没有链接文件。第五条显示根校验值：请与签名的根校验值签署页比对。

{WINDOWS}

时间戳

如有 tagmanifest-sha256.txt.tsr 文件，它是时间戳服务机构依照 RFC 3161 出具的时间戳，
说明根校验值在某一时刻已经存在。timestamps/ 中的文件是后来追加的，每一份都覆盖根校验值和此前的
全部时间戳。时间戳说明这些数据当时已经存在，不说明其内容属实。没有上述文件的，即没有第三方
就根校验值证明时间；日志可能另有自己的时间戳（见下文）。

请自行取得该机构的根证书：从该机构自己的网站，或者向您信任的人索取，并将其 SHA-256 指纹与该机构
公布的指纹比对。切勿使用本证据包内的或者由提供证据包的人给您的根证书：造假的人可以自带一个“机构”。
请将根证书以 root.pem 为名保存在上一级文件夹中（DER 格式的 .cer 文件可用
“openssl x509 -inform DER -in 文件 -out root.pem”转换）。该文件可以依次存放多家机构的根证书。
其中没有某机构根证书的，该机构的时间戳不能通过核验，也不证明任何时间；其他通过核验的时间戳不受影响。

  一、显示时间戳的内容。“Time stamp”即为时间，是格林尼治时间（GMT），加八小时即为北京时间。
  二、显示 root.pem 的名称和指纹：请逐一比对全部字符。
  三、应显示“Verification: OK”。（证书是否有效，按时间戳所载的时刻判断。）
  四、对 timestamps/ 中的每一份文件都应显示“Verification: OK”；没有此类文件的，不应有任何输出。
  五、在列出的每个文件名之后都应显示“Verification: OK”；没有此类文件的，不应有任何输出。
第五步核验的是日志的时间戳，本节末尾有说明。

出现某证书“is not a CA cert”的提示，不影响结果。没有 tagmanifest-sha256.txt.tsr 文件的，
第一条和第三条命令会提示无法打开该文件。

data/custody 中的内容：journal.jsonl 为日志中属于本案的各行，每行各有校验值；checkpoint.txt 为整个
日志在某一时刻的总校验值；proofs.json 证明上述各行均在该总校验值之内，而日志的其余内容不予公开。
checkpoint.txt.tsr（以及较早的 checkpoint-001.txt.tsr 等）为同名检查点文件的时间戳：行号不大于该文件
第二行所载数字的各行，在该时间以前已经写入。日志中的其他时间取自制作人的计算机。


LINUX 上的时间戳

{LINUX_STAMPS}

MACOS 上的时间戳（需要 OpenSSL 3 或以上版本；“openssl version”不应显示 LibreSSL）

{MACOS_STAMPS}

WINDOWS 上的时间戳

Git for Windows 自带 OpenSSL 和终端 Git Bash，可在其中运行 LINUX 的命令。


使用 PYTHON

Python 3.8 或以上版本可以运行包内的核验程序（Windows 上为 py tools\\verify.py）：

    python3 tools/verify.py

除时间戳外，该程序检查上述各步骤所检查的全部内容，并检查证据目录与包内证据是否一致、data/custody
中的日志与其证明是否相符、各项证据在日志中是否有存入记录。最后一行应以“valid 有效”开头；此前各行为
发现的问题。该程序不核验时间戳和 SM3 校验值（后者由文末的命令核验），也不核验 PDF 中的文字：请自行
比对证据目录打印件（01-catalogue.pdf）与 01-catalogue.csv。包内的程序可能已与证据包一并被改动：
如有疑问，请从别处取得该程序，例如取自 pirights 本身或者您信任的另一证据包，并在程序名之后写明
本文件夹的名称。


使用其他软件

本文件夹符合 BagIt 1.0 规范（RFC 8493），任何支持 BagIt 的软件都能核验，例如 bagit.py。
请在上一级文件夹中运行（将 FOLDER 换成本文件夹的名称）：

    bagit.py --validate FOLDER

sm3sums.txt 是同一批文件的 SM3（GB/T 32905）校验值。使用 GNU coreutils 9.0 及以上版本核验：

    cksum -a sm3 --strict -c sm3sums.txt
"""
