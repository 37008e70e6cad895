"""The commands that `VERIFY.txt` prints, for each system; a test runs them on real bundles.

Each stands on a line of its own, indented by four spaces.
"""

from typing import Final

LINUX: Final = """\
    sha256sum --strict -c tagmanifest-sha256.txt
    sha256sum --strict -c manifest-sha256.txt
    (find data ! -type d; cut -c 67- manifest-sha256.txt) | LC_ALL=C sort | uniq -u
    (find . -path ./data -prune -o -type f -print | cut -c 3-; echo tagmanifest-sha256.txt; \
cut -c 67- tagmanifest-sha256.txt) | LC_ALL=C sort | uniq -u
    find . -type l
    sha256sum tagmanifest-sha256.txt
"""

MACOS: Final = LINUX.replace("sha256sum --strict -c", "shasum -a 256 -c").replace(
    "sha256sum tagmanifest", "shasum -a 256 tagmanifest"
)

_FIRST: Final = "tagmanifest-sha256.txt.tsr"

_LATER: Final = r"""
    [ ! -e timestamps ] || for t in timestamps/[0-9][0-9][0-9].tsr; do cat tagmanifest-sha256.txt \
tagmanifest-sha256.txt.tsr $(printf '%s\n' timestamps/[0-9][0-9][0-9].tsr | sed "\|$t|,\$d") | \
VERIFY; done
""".strip("\n").replace("\\\n", "")
"""Each later time stamp is of the list and all time stamps before it, one behind the other.

The names are held to three digits, because sed would take any other for commands of its own. The
folder is asked for first, for a shell may stumble over a pattern that nothing fits.
"""

_CHECKPOINTS: Final = r"""
    for t in $(ls data/custody | grep -E '^checkpoint(-[0-9]+)?\.txt\.tsr$'); do echo $t; \
VERIFY; done
""".strip("\n").replace("\\\n", "")
"""Each of them is of the checkpoint whose name it has."""


def _stamp_commands(seconds: str) -> str:
    """Write the commands that check time stamps; openssl prints their times, the rest reads them.

    Args:
        seconds: A command that turns the lines of `openssl ts -reply -text` into Unix time.
    """

    def check(token: str, data: str, chain: str = "") -> str:
        return (
            f"openssl ts -verify -in {token} -data {data} -CAfile ../root.pem {chain}"
            f"-attime $(openssl ts -reply -in {token} -text | {seconds})"
        )

    first = check(_FIRST, "tagmanifest-sha256.txt", "-untrusted tsa-certs/001.pem ")
    later = check("$t", "/dev/stdin", "-untrusted tsa-certs/$(basename $t .tsr).pem ")
    checkpoints = check("data/custody/$t", "data/custody/$(basename $t .tsr)")
    return (
        f"    openssl ts -reply -in {_FIRST} -text\n"
        "    openssl x509 -in ../root.pem -noout -subject -fingerprint -sha256\n"
        f"    {first}\n{_LATER.replace('VERIFY', later)}\n"
        f"{_CHECKPOINTS.replace('VERIFY', checkpoints)}\n"
    )


LINUX_STAMPS: Final = _stamp_commands("""LC_ALL=C date +%s -d "$(sed -n 's/^Time stamp: //p')\"""")

MACOS_STAMPS: Final = _stamp_commands(
    r"""perl -MTime::Piece -ne '/^Time stamp: (.*?)(\.\d+)? (\d+) GMT/ """
    r"""and print Time::Piece->strptime("$1 $3", "%b %d %T %Y")->epoch'"""
)

WINDOWS: Final = r"""
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

    Get-ChildItem . -Recurse -File -Force -Name | Where-Object { $_ -notlike 'data\*' }

    Get-ChildItem . -Recurse -Force -Attributes ReparsePoint

    certutil -hashfile tagmanifest-sha256.txt SHA256
""".removeprefix("\n")
