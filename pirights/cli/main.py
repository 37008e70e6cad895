"""The table of contents: every command of the program, in the order of the help page."""

import sys
from typing import Final

from pirights.cli.boundary import fill_standard_descriptors, run
from pirights.cli.frame import Entry, program
from pirights.cli.show import standard_streams

CONTENTS: Final[tuple[Entry, ...]] = ()


def main() -> None:
    """Run the command that the shell hands over."""
    fill_standard_descriptors()
    out, err = standard_streams()
    sys.exit(run(program(CONTENTS), sys.argv[1:], out=out, err=err))
