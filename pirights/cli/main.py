"""The table of contents: every command of the program, in the order of the help page."""

import sys
from typing import Final

from pirights.cli.boundary import fill_standard_descriptors, run
from pirights.cli.frame import Entry, program
from pirights.cli.language import N_
from pirights.cli.show import standard_streams
from pirights.cli.told_to_end import like_ctrl_c

CONTENTS: Final = (
    Entry("demo", "pirights.cli.demo:demo", N_("Play the whole story on a sample case.")),
    Entry("init", "pirights.cli.init:init", N_("Make a vault and your own profile.")),
    Entry("log", "pirights.cli.log:app", N_("Keep the log of face scans.")),
    Entry("handler", "pirights.cli.handler:app", N_("Keep the directory of handlers.")),
    Entry(
        "person", "pirights.cli.person:app", N_("Keep the people you write for; P1 is yourself.")
    ),
    Entry("request", "pirights.cli.request:app", N_("Write formal requests.")),
    Entry(
        "sent",
        "pirights.cli.sending:sent",
        N_("Record that a letter was sent, or send it as a mail."),
    ),
    Entry("mail", "pirights.cli.mail:app", N_("Set the mail account that letters go through.")),
    Entry("received", "pirights.cli.sending:received", N_("Record that a letter arrived.")),
    Entry("reply", "pirights.cli.reply:app", N_("Keep what came back.")),
    Entry("inbox", "pirights.cli.reply:inbox", N_("Sort replies whose case is not known.")),
    Entry("case", "pirights.cli.case:app", N_("See where cases stand; close and reopen them.")),
    Entry("escalate", "pirights.cli.escalate:escalate", N_("Write the next letter of a case.")),
    Entry("due", "pirights.cli.due:due", N_("Show what is due.")),
    Entry(
        "batch",
        "pirights.cli.batch:app",
        N_("Write the letters of many clients from a sheet."),
    ),
    Entry("bundle", "pirights.cli.bundle:app", N_("Build and check evidence bundles.")),
    Entry(
        "stamp", "pirights.cli.stamp:stamp", N_("Have a third party confirm what the log holds.")
    ),
    Entry("capture", "pirights.cli.capture:capture", N_("Keep a web page as evidence.")),
    Entry(
        "idcopy",
        "pirights.cli.idcopy:idcopy",
        N_("Make a copy of an identity document that serves one purpose only."),
    ),
    Entry(
        "law",
        "pirights.cli.law:app",
        N_("Ask the law: what applied when, and on whose word a date stands."),
    ),
    Entry(
        "template",
        "pirights.cli.template:app",
        N_("See, copy and check the templates of letters."),
    ),
    Entry(
        "report",
        "pirights.cli.report:report",
        N_("Write one page about all cases, or about those of one client."),
    ),
    Entry("vault", "pirights.cli.vault:app", N_("Look after the encrypted vault.")),
)


def main() -> None:
    """Run the command that the shell hands over."""
    fill_standard_descriptors()
    like_ctrl_c()
    out, err = standard_streams()
    sys.exit(run(program(CONTENTS), sys.argv[1:], out=out, err=err))
