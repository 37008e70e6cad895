"""The user's own templates: copied, changed, read from then on, and named in the letter."""

import os
import subprocess
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from pirights import resources
from pirights.domain.document import Language, Letters
from pirights.domain.request import Right
from pirights.errors import BadInput, NotFound, NotNextStep
from pirights.letters import template
from pirights.workflow import templates
from pirights.workflow.desk import Desk
from tests.letters.briefs import brief, strings, written
from tests.workflow.office import case, park, scan

TODAY = date(2026, 11, 23)
SHIPPED = resources.folder("templates") / "letters"


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings folder of the test's own, not made yet."""
    monkeypatch.setenv("PIRIGHTS_TEMPLATES", str(tmp_path / "own"))
    return tmp_path / "own" / "letters"


def edited(own: Path, old: str, new: str, *languages: str, kind: str = "request") -> None:
    for language in languages or ("zh", "en"):
        path = own / kind / f"{language}.md"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")


def kind(name: str = "request") -> templates.Kind:
    return next(one for one in templates.kinds() if one.name == name)


def test_what_is_shipped_is_listed_as_unchanged(own: Path) -> None:
    found = templates.kinds()
    assert [one.name for one in found] == sorted(path.name for path in SHIPPED.iterdir())
    for one in found:
        assert one.languages == tuple(Language)
        assert not one.changed
        assert one.folder == SHIPPED / one.name
    assert kind().title.zh == "个人信息权益行使请求书"
    assert not own.exists()


def test_a_copy_is_what_is_shipped_and_is_read_from_then_on(own: Path) -> None:
    done = templates.eject("request")
    assert (done.folder, done.in_use) == (own / "request", True)
    assert [one.state for one in done.files] == ["written", "written"]
    for language in ("zh", "en"):
        copy = own / "request" / f"{language}.md"
        assert copy.read_bytes() == (SHIPPED / "request" / f"{language}.md").read_bytes()
    assert kind().folder == own / "request"
    assert not kind().changed  # not a word of it
    assert written(brief())[1].template == ""
    edited(own, "{{ title }}", "{{ title }}（本所）", "zh")
    assert kind().changed
    assert strings(written(brief())[1])[0] == "个人信息权益行使请求书（本所）"


def test_other_kinds_are_still_read_from_what_is_shipped(own: Path) -> None:
    templates.eject("request")
    edited(own, "{{ title }}", "{{ title }} I")
    assert [one.name for one in templates.kinds() if one.changed] == ["request"]


def test_the_letter_names_the_changed_template_with_its_sum(own: Path) -> None:
    templates.eject("request")
    edited(own, "{{ title }}", "{{ title }} I")
    both = b"".join((own / "request" / name).read_bytes() for name in ("en.md", "zh.md"))
    name = f"request·{sha256(both).hexdigest()[:8]}"
    for letters, said in (
        (Letters.ZH, f"模板 {name}"),
        (Letters.EN, f"Template {name}"),
        (Letters.BOTH, f"模板 {name} / Template {name}"),
    ):
        _, document = written(brief(letters=letters))
        assert (document.template, document.origin) == (name, said)
    assert kind().mark == name


@pytest.mark.skipif(os.name == "nt", reason="cat and sha256sum are programs of Unix")
def test_the_sum_can_be_checked_without_us(own: Path) -> None:
    templates.eject("request")
    edited(own, "{{ title }}", "{{ title }} I")
    told = subprocess.run(
        ["sh", "-c", "cat en.md zh.md | sha256sum"],
        cwd=own / "request",
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert kind().mark == f"request·{told.stdout[:8]}"


def test_each_change_has_another_sum_and_is_read_at_once(own: Path) -> None:
    templates.eject("request")
    names = []
    for number in range(3):
        edited(own, "{{ title }}", f"{{{{ title }}}} {number}", "en")
        names.append(written(brief(letters=Letters.EN))[1].template)
    assert len(set(names)) == 3


def test_line_ends_and_the_mark_of_an_editor_are_no_change(own: Path) -> None:
    templates.eject("request")
    path = own / "request" / "zh.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert not kind().changed
    assert written(brief()) == written(brief())
    assert templates.problems((), today=TODAY) == ()


def test_a_letter_keeps_the_name_of_its_template_when_that_changes(own: Path, desk: Desk) -> None:
    templates.eject("request")
    edited(own, "{{ title }}", "{{ title }} I")
    scan(desk, park(desk))
    opened = case(desk, Right.ACCESS)
    before = opened.letter.document.template
    assert before.startswith("request·")
    edited(own, "{{ title }}", "{{ title }} II")
    assert desk.letter(opened.case.ref)[1].document.template == before


# --- copying again


def test_a_changed_file_is_not_written_over(own: Path) -> None:
    templates.eject("request")
    edited(own, "{{ title }}", "{{ title }} I", "en")
    before = (own / "request" / "en.md").read_bytes()
    (own / "request" / "zh.md").unlink()
    with pytest.raises(NotNextStep, match=r"en\.md was changed") as refused:
        templates.eject("request")
    assert "--yes" in str(refused.value.hint)
    assert (own / "request" / "en.md").read_bytes() == before
    assert not (own / "request" / "zh.md").exists()


def test_it_is_replaced_where_that_is_said_and_the_difference_is_told(own: Path) -> None:
    templates.eject("request")
    edited(own, "# {{ title }}", "# Mine", "en")
    done = templates.eject("request", replace=True)
    assert [(one.file.name, one.state) for one in done.files] == [
        ("zh.md", "same"),
        ("en.md", "replaced"),
    ]
    assert "-# Mine" in done.files[1].difference.split("\n")
    assert "+# {{ title }}" in done.files[1].difference.split("\n")
    assert not kind().changed


def test_a_file_of_another_encoding_can_be_replaced(own: Path) -> None:
    templates.eject("request")
    (own / "request" / "zh.md").write_bytes("题目".encode("gbk"))
    with pytest.raises(NotNextStep):
        templates.eject("request")
    templates.eject("request", replace=True)
    assert not kind().changed


def test_a_copy_elsewhere_is_not_read(tmp_path: Path) -> None:
    done = templates.eject("request", out=tmp_path / "desk")
    assert (done.folder, done.in_use) == (tmp_path / "desk" / "request", False)
    edited(tmp_path / "desk", "{{ title }}", "{{ title }} I")
    assert not kind().changed
    with pytest.raises(NotNextStep):
        templates.eject("request", out=tmp_path / "desk")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="cannot be written"):
        templates.eject("request", out=tmp_path / "file")


@pytest.mark.parametrize("name", ["sonnet", "", "..", "../letters/request", "request/"])
def test_an_unknown_kind_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        templates.eject(name)
    with pytest.raises(NotFound):
        templates.text_of(name, Language.ZH)
    with pytest.raises(NotFound):
        template.load(name, Language.ZH)


# --- a template that was broken


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id = "access.image"', 'id = "access.picture"'),
        ("{{ ref }}", "{{ refe }}"),
        ("{{ ref }}", "{{ person.id_number }}"),
        ("{% if two_step %}", ""),
        ('access = "', 'accession = "'),
        ("# {{ title }}", "# {{ title }}\n\nOne paragraph more."),
        ("# {{ title }}", "# {{ title }}" + "{% for a in range(999) %}" * 3 + "{% endfor %}" * 3),
        ("+++\ntitle", "title"),
    ],
)
def test_no_letter_is_made_of_it_and_lint_is_named(own: Path, old: str, new: str) -> None:
    templates.eject("request")
    edited(own, old, new, "en")
    with pytest.raises(BadInput) as refused:
        written(brief(letters=Letters.BOTH))
    assert "pirights template lint" in str(refused.value.hint)
    assert templates.problems(["request"], today=TODAY)


def test_a_language_that_is_missing_is_named(own: Path) -> None:
    templates.eject("request")
    (own / "request" / "en.md").unlink()
    with pytest.raises(NotFound, match=r"en\.md is missing"):
        written(brief())
    assert [one.languages for one in templates.kinds() if one.changed] == [(Language.ZH,)]
    [problem] = templates.problems(["request"], today=TODAY)
    assert (problem.language, problem.line) == (Language.EN, 1)


# --- looking through


def test_what_is_named_is_looked_through_and_else_everything(own: Path, tmp_path: Path) -> None:
    templates.eject("request", out=tmp_path / "desk")
    edited(tmp_path / "desk", "{{ ref }}", "{{ refe }}", "en")
    assert templates.problems((), today=TODAY) == ()
    file = tmp_path / "desk" / "request" / "en.md"
    for name in (str(file), str(file.with_name("zh.md")), str(file.parent)):
        found = templates.problems([name, "request"], today=TODAY)
        assert {(one.template, one.language) for one in found} == {
            ("request", Language.EN),
            ("request", Language.ZH),  # where ref now stands alone
        }
    templates.eject("request")
    edited(own, "{{ ref }}", "{{ refe }}", "en")
    assert templates.problems((), today=TODAY)


def test_a_file_that_is_no_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="kind sonnet"):
        templates.problems(["sonnet"], today=TODAY)
    poem = tmp_path / "poem.md"
    poem.write_text("x")
    with pytest.raises(BadInput, match=r"poem\.md is no template"):
        templates.problems([str(poem)], today=TODAY)
    folder = tmp_path / "request"
    folder.mkdir()
    (folder / "notes.md").write_text("x")
    with pytest.raises(BadInput, match=r"notes\.md is no template"):
        templates.problems([str(folder / "notes.md")], today=TODAY)
    (folder / "zh.md").write_bytes(b"\xff")
    with pytest.raises(BadInput, match=r"zh\.md cannot be read"):
        templates.problems([str(folder / "zh.md")], today=TODAY)
