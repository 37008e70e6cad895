"""The build hook: compiles the catalogues, and puts the data folders into real wheels.

An editable install reads `templates/` and `locales/` where they lie in the checkout; a copy
beside the package would go stale.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface[BuilderConfig]):
    """Called by hatchling for every wheel, editable or real."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues; for a real wheel, list the data files to include."""
        root = Path(self.root)
        compiled = compile_catalogues(root / "locales")
        if version == "editable":
            return
        for path in compiled:
            build_data["force_include"][str(path)] = f"pirights/{path.relative_to(root).as_posix()}"
        for path in sorted((root / "templates").rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                build_data["force_include"][str(path)] = (
                    f"pirights/{path.relative_to(root).as_posix()}"
                )


def compile_catalogues(folder: Path) -> list[Path]:
    """Write a `.mo` beside every `.po`, without what is fuzzy, and return their paths."""
    written = []
    for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as stream:
            catalogue = read_po(stream)
        target = path.with_suffix(".mo")
        with target.open("wb") as stream:
            write_mo(stream, catalogue, use_fuzzy=False)
        written.append(target)
    return written
