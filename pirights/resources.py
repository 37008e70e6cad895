"""Where `templates/` and `locales/` are: inside the wheel, or beside the package in a checkout."""

from pathlib import Path
from typing import Final, Literal

from pirights.errors import FoldersMissing, message

_PACKAGE: Final = Path(__file__).resolve().parent


def folder(name: Literal["templates", "locales"]) -> Path:
    """Find a data folder.

    A wheel carries it as `pirights/<name>`; in a checkout (an editable install) it lies beside
    the package, where an edit takes effect at once.

    Raises:
        FoldersMissing: It is in neither place.
    """
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise FoldersMissing(
        message("pirights was installed without its folder {folder}.", folder=name),
        hint=message("Install it again from the wheel or from a whole checkout."),
    )
