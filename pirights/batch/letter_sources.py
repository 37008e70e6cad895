"""One sum over all that shapes a letter: two machines that have the same sum write the same."""

from functools import cache
from hashlib import sha256

from pirights import __version__, resources
from pirights.letters import template


@cache
def fingerprint() -> str:
    """Sum up pirights' version, its templates, law and list of fonts, and the user's own letters.

    Read once in a process (about 5 ms). The fonts' own files are not read: their list holds their
    sums.

    Returns:
        SHA-256, hex.

    Raises:
        FoldersMissing: There is no `templates/` folder.
    """
    total = sha256(__version__.encode())
    for place, kinds in ((resources.folder("templates"), "*.*"), (template.own(), "*.md")):
        for path in sorted(place.rglob(kinds)):
            if path.is_file() and path.suffix != ".ttf":
                data = path.read_bytes()
                total.update(f"\n{path.relative_to(place).as_posix()} {len(data)}\n".encode())
                total.update(data)
    return total.hexdigest()
