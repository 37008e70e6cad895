"""The wheel, built from the source package and installed where nothing else is, does its work."""

import json
import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.cli.program import surroundings

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the source package from the checkout, and the wheel from the source package."""
    out = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)],
        check=True,
        capture_output=True,
    )
    return out


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel, and only what it asks for, into an empty environment."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, with_pip=True)
    [wheel] = built.glob("*.whl")
    python = place / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)],
        check=True,
        env={**os.environ, "PYTHONPATH": ""},
    )
    return place


def run(
    installed: Path, home: Path, *arguments: str, code: int = 0
) -> subprocess.CompletedProcess[bytes]:
    """Run the installed program, far from the checkout."""
    secret = home / "passphrase"
    secret.write_text("correct horse battery staple\n", encoding="utf-8")
    ended = subprocess.run(
        [installed / "bin" / "pirights", *arguments],
        env=surroundings(home, PIRIGHTS_PASSPHRASE_FILE=str(secret)),
        cwd=home,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert ended.returncode == code, ended.stderr.decode()
    return ended


def test_the_wheel_carries_templates_and_compiled_catalogues_and_nothing_of_the_workshop(
    built: Path,
) -> None:
    [wheel] = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    in_checkout = {
        f"pirights/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert in_checkout <= names
    for place in ("zh_CN", "en"):
        assert f"pirights/locales/{place}/LC_MESSAGES/pirights.mo" in names
    assert not [name for name in names if name.startswith(("tests/", "docs/", "templates/"))]
    assert not [name for name in names if name.endswith((".po", "update.py", ".pyc"))]
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_source_package_carries_what_the_wheel_is_made_of(built: Path) -> None:
    [source] = built.glob("*.tar.gz")
    with tarfile.open(source) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    wanted = {"hatch_build.py", "LICENSE", "README.md", "locales/zh_CN/LC_MESSAGES/pirights.po"}
    assert wanted <= names
    assert "pirights/locales" not in names


def test_building_leaves_no_copies_in_the_checkout(built: Path) -> None:
    assert any(built.iterdir())
    assert not (ROOT / "pirights" / "templates").exists()
    assert not (ROOT / "pirights" / "locales").exists()


def test_the_installed_program_speaks_both_languages(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "--version").stdout.startswith(b"pirights ")
    assert run(installed, tmp_path, "--help", "--lang", "en").stdout.startswith(b"Usage:")
    assert run(installed, tmp_path, "--help", "--lang", "zh").stdout.startswith("用法：".encode())


def test_the_installed_program_logs_a_scan_and_writes_a_letter(
    installed: Path, tmp_path: Path
) -> None:
    def data(*arguments: str) -> dict[str, str]:
        found = json.loads(run(installed, tmp_path, "--json", *arguments).stdout)["data"]
        assert isinstance(found, dict)
        return found

    data("init", "--name", "王小明", "--no-keyring")
    handler = data("handler", "add", "--name", "临安云栖野生动物园有限公司")["id"]
    where = ["--at", "2026-11-20 10:00", "--place", "东门闸机", "--venue", "scenic-area"]
    scan = data("log", "add", *where, "--handler", handler)["id"]
    asked = ["--handler", handler, "--encounter", scan, "--right", "know", "--letters", "zh-en"]
    ref = data("request", "new", *asked)["ref"]
    data("request", "render", ref, "--out", str(tmp_path / "letter.pdf"))
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF-")


def test_without_its_folders_the_installed_program_says_so(installed: Path, tmp_path: Path) -> None:
    [locales] = installed.rglob("pirights/locales")
    away = locales.rename(tmp_path / "locales")
    try:
        ended = run(installed, tmp_path, "due", code=13)
    finally:
        away.rename(locales)
    assert b"locales" in ended.stderr
    assert ended.stdout == b""
