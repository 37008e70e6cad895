"""The catalogues: complete in both languages, and nothing lost on the way."""

import ast
import errno
import importlib.util
import os
import re
import shlex
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from pirights.cli.language import (
    CATALOGUES,
    Language,
    Voice,
    guessed_language,
    surrounding_language,
)
from pirights.cli.system_words import KNOWN
from pirights.cli.words import WORDS
from pirights.domain.case import Outcome, Stage
from pirights.domain.encounter import ScanMode
from pirights.domain.reply import ReplyKind
from pirights.errors import message

ROOT = Path(__file__).parents[2]
PLACES = sorted(CATALOGUES.values())


@cache
def update() -> ModuleType:
    spec = importlib.util.spec_from_file_location("update", ROOT / "locales" / "update.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def catalogue(place: str) -> Catalog:
    found = update().read(update().po_file(place), place)
    assert isinstance(found, Catalog)
    return found


def sentences_of(found: Catalog) -> dict[str, str]:
    return {str(entry.id): str(entry.string) for entry in found if entry.id}


def marked_in_code() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted((ROOT / "pirights").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in {"message", "N_"}
            ):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def gaps(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_sentence_is_marked_with_a_literal_or_it_could_not_be_translated() -> None:
    for where, node in marked_in_code():
        first = node.args[0]
        assert isinstance(first, ast.Constant), where
        assert isinstance(first.value, str), where


def test_the_values_of_a_message_are_the_gaps_of_its_sentence() -> None:
    for where, node in marked_in_code():
        if isinstance(node.func, ast.Name) and node.func.id == "message":
            first = node.args[0]
            assert isinstance(first, ast.Constant), where
            given = {keyword.arg for keyword in node.keywords}
            if None not in given:
                assert given == set(gaps(str(first.value))), where


@pytest.mark.parametrize("place", PLACES)
def test_a_catalogue_holds_the_sentences_of_the_code_and_no_others(place: str) -> None:
    in_code = {
        str(node.args[0].value)
        for _, node in marked_in_code()
        if isinstance(node.args[0], ast.Constant)
    }
    found = catalogue(place)
    assert in_code - set(sentences_of(found)) == set(), "run: make messages"
    assert set(sentences_of(found)) - in_code == set(), "run: make messages"
    assert not found.obsolete


@pytest.mark.parametrize("place", PLACES)
def test_every_sentence_is_translated_and_none_is_only_a_guess(place: str) -> None:
    found = catalogue(place)
    assert [entry.id for entry in found if entry.id and not entry.string] == []
    assert [entry.id for entry in found if entry.id and entry.fuzzy] == []


@pytest.mark.parametrize("place", PLACES)
def test_no_gap_is_lost_or_invented_in_translation(place: str) -> None:
    for english, translated in sentences_of(catalogue(place)).items():
        assert set(gaps(translated)) == set(gaps(english)), english


def test_english_is_its_own_translation() -> None:
    for english, translated in sentences_of(catalogue("en")).items():
        assert translated == english


def test_chinese_is_chinese() -> None:
    for english, translated in sentences_of(catalogue("zh_CN")).items():
        is_command = english.startswith("pirights ") and not english.endswith(".")
        words = "".join(before for before, *_ in string.Formatter().parse(english))
        if any(len(word) > 1 for word in re.findall("[A-Za-z]+", words)) and not is_command:
            assert any("\u4e00" <= character <= "\u9fff" for character in translated), english


def test_chinese_uses_no_words_of_another_law() -> None:
    for english, translated in sentences_of(catalogue("zh_CN")).items():
        for wrong in ("数据控制者", "数据主体", "数据保护官", "被遗忘权", "GDPR"):
            assert wrong not in translated, english


@pytest.mark.parametrize("place", PLACES)
def test_the_compiled_catalogue_is_not_older_than_the_written_one(place: str) -> None:
    compiled = ROOT / "locales" / place / "LC_MESSAGES" / "pirights.mo"
    with compiled.open("rb") as stream:
        assert sentences_of(read_mo(stream)) == sentences_of(catalogue(place)), "run: make messages"


def test_every_member_of_a_known_kind_has_a_word() -> None:
    for kind, words in WORDS.items():
        assert list(words) == [str(member.value) for member in kind], kind


def test_words_that_are_spelt_alike_stay_apart() -> None:
    voice = Voice(Language.EN)
    assert voice.value(ReplyKind.UNKNOWN) == "not clear"
    assert voice.value(ScanMode.UNKNOWN) == "unknown"
    assert voice.value(Stage.CLOSED) != voice.value(Outcome.NONE)


def test_a_sentence_is_said_with_its_values_escaped() -> None:
    said = message("There is no command {name}.", name="a\x1b[2J{b}")
    assert Voice(Language.EN).say(said) == "There is no command a\\x1b[2J{b}."
    assert Voice(Language.ZH).say(said) == "没有命令 a\\x1b[2J{b}。"


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        (PurePosixPath("第一周/文书-1.xlsx"), "第一周/文书-1.xlsx"),
        (PurePosixPath("十一月 表/案件 (1).csv"), "'十一月 表/案件 (1).csv'"),
        (PurePosixPath("it's;$(x).csv"), "'it'\"'\"'s;$(x).csv'"),
        (PurePosixPath("案件（1）.csv"), "'案件（1）.csv'"),
        (PureWindowsPath("C:/新 表/a.csv"), '"C:\\新 表\\a.csv"'),
    ],
)
def test_a_path_in_a_command_is_quoted_and_beside_it_is_not(path: PurePath, typed: str) -> None:
    said = Voice(Language.ZH).say(message("Then: `pirights batch check {file}`.", file=path))
    assert f"`pirights batch check {typed}`" in said
    said = Voice(Language.EN).say(message("{file} exists. Replace it?", file=path))
    assert said == f"{path} exists. Replace it?"
    if isinstance(path, PurePosixPath):
        assert shlex.split(typed) == [str(path)]


def test_a_gap_in_a_command_that_holds_words_of_it_is_left_alone() -> None:
    said = message("See what is wrong with `{command}`.", command="pirights bundle verify 'a b'")
    assert Voice(Language.EN).say(said) == "See what is wrong with `pirights bundle verify 'a b'`."


def test_a_gap_in_a_command_stays_in_it_in_translation() -> None:
    for english, translated in sentences_of(catalogue("zh_CN")).items():
        within = [set(gaps("".join(one.split("`")[1::2]))) for one in (english, translated)]
        assert within[0] == within[1], english
        assert translated.count("`") % 2 == english.count("`") % 2 == 0, english


def test_what_the_system_says_of_a_file_is_said_in_chinese_and_a_name_is_left_alone() -> None:
    said = message("{file} cannot be read: {problem}.", file="x", problem=os.strerror(errno.ENOENT))
    assert Voice(Language.ZH).say(said) == "无法读取 x：没有这个文件或文件夹。"
    assert Voice(Language.EN).say(said) == "x cannot be read: No such file or directory."
    assert Voice(Language.ZH).value("No such file") == "No such file"


@pytest.mark.parametrize(
    "code", ["EACCES", "ENOSPC", "EROFS", "EISDIR", "ENOTDIR", "ELOOP", "ENAMETOOLONG", "EDQUOT"]
)
def test_the_words_of_this_system_are_known(code: str) -> None:
    assert os.strerror(getattr(errno, code)) in KNOWN


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "zh_CN"}, "zh"),
        ({"LANG": "C", "LC_ALL": "C", "PIRIGHTS_LANG": "zh"}, "zh"),
    ],
)
def test_the_surroundings_choose_the_language(environment: dict[str, str], language: str) -> None:
    assert surrounding_language(environment) == language


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["--lang", "zh"], "zh"),
        (["log", "list", "--lang=zh"], "zh"),
        (["log", "--", "--lang", "zh"], "en"),
        (["--lang"], "en"),
        (["--lang", "fr"], "en"),
        (["--language", "zh"], "en"),
    ],
)
def test_the_language_is_guessed_before_the_options_are_read(
    arguments: list[str], language: str
) -> None:
    assert guessed_language(arguments, {"LANG": "C"}) == language
