"""A real IMAP server on this computer: Debian's dovecot, started for a test and ended with it."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.mail_servers import PASSWORD, USER, Certificate, free_port

DOVECOT = "/usr/sbin/dovecot"
_OWNER = "nobody"
"""Whose mails these are; dovecot serves none of root's."""


@dataclass(frozen=True)
class Mailbox:
    """A mailbox and its server. Mails are put into its Maildir, as another program would.

    `port` wants TLS from the first octet; `starttls` begins in the clear.
    """

    folder: Path
    port: int
    starttls: int

    def put(self, data: bytes, *, folder: str = "INBOX", name: str = "", at: float = 0) -> Path:
        """Deliver a mail."""
        place = self.folder / "mails" / ("" if folder == "INBOX" else f".{folder}")
        for part in ("new", "cur", "tmp"):
            (place / part).mkdir(parents=True, exist_ok=True)
        number = len(list((place / "new").iterdir())) if not name else 0
        path = place / "new" / (name or f"{number:07d}.test")
        path.write_bytes(data)
        if at:
            os.utime(path, (at, at))
        self.own()
        return path

    def own(self) -> None:
        """Give all mails to the user whose mails they are."""
        if os.getuid() == 0:
            owner = pwd.getpwnam(_OWNER)
            for path in [self.folder / "mails", *(self.folder / "mails").rglob("*")]:
                os.chown(path, owner.pw_uid, owner.pw_gid)

    def flags(self) -> list[str]:
        """What the Maildir's file names say of each mail: S is seen."""
        return [
            path.name.partition(":2,")[2]
            for path in (self.folder / "mails").rglob("*")
            if path.is_file() and path.parent.name in {"new", "cur"}
        ]


@contextmanager
def served(certificate: Certificate) -> Iterator[Mailbox]:
    """Start the server and wait until it answers."""
    folder = Path(tempfile.mkdtemp(prefix="mailbox-"))
    folder.chmod(0o755)
    port, starttls = free_port(), free_port()
    own = pwd.getpwuid(os.getuid()).pw_name
    root = os.getuid() == 0
    box = Mailbox(folder=folder, port=port, starttls=starttls)
    (folder / "mails" / "new").mkdir(parents=True)
    (folder / "mails" / "cur").mkdir()
    (folder / "mails" / "tmp").mkdir()
    box.own()
    owner = pwd.getpwnam(_OWNER if root else own)
    (folder / "users").write_text(
        f"{USER}:{{PLAIN}}{PASSWORD}:{owner.pw_uid}:{owner.pw_gid}::{folder}/home::\n"
    )
    (folder / "users").chmod(0o644)
    chroot = "" if root else "chroot =\n"
    config = folder / "dovecot.conf"
    config.write_text(
        f"""
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {"dovecot" if root else own}
default_login_user = {"dovenull" if root else own}
default_internal_group = {"dovecot" if root else pwd.getpwuid(os.getuid()).pw_name}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{folder}/mails
mailbox_list_index = no
ssl = required
ssl_cert = <{certificate.certificate}
ssl_key = <{certificate.key}
namespace inbox {{
  inbox = yes
  separator = .
  mailbox Sent {{
    special_use = \\Sent
    auto = create
  }}
}}
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = passwd-file
  args = {folder}/users
}}
service imap-login {{
  {chroot}
  inet_listener imap {{
    port = {starttls}
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
service anvil {{
  {chroot}
}}
""",
        encoding="utf-8",
    )
    server = subprocess.Popen(
        [DOVECOT, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port, folder / "log")
        yield box
    finally:
        server.terminate()
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(port: int, log: Path) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(log.read_text(encoding="utf-8") if log.exists() else "no log")
