"""Taking in a file that somebody names: bounded, and nothing that would not end."""

from pathlib import Path

from pirights.errors import BadInput, message


def octets_of(path: Path, *, limit: int) -> bytes:
    """Read a file; of one that is too large, one octet more than the limit.

    Raises:
        BadInput: It is no ordinary file, or cannot be read.
    """
    try:
        if path.exists() and not path.is_file():  # to open a pipe would be to wait for its writer
            raise BadInput(
                message("{file} is not a file.", file=path),
                hint=message("Name the file as it was saved."),
            )
        with path.open("rb") as file:
            return file.read(limit + 1)
    except OSError as wrong:
        raise BadInput(
            message("{file} cannot be read: {problem}.", file=path, problem=wrong.strerror),
            hint=message("Check that the file is there and that you may read it."),
        ) from wrong
