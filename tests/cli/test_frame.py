"""The frame of the command line, tried on a small table of contents."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import Ended, pirights, run_here, surroundings
from tests.cli.sample import ENTRIES

HEAVY = (
    "reportlab",
    "httpx",
    "keyring",
    "PIL",
    "cryptography",
    "asn1crypto",
    "pyhanko",
    "warcio",
    "sqlcipher3",
    "pikepdf",
    "pydantic",
)


def run(*arguments: str, **environment: str) -> Ended:
    return run_here(ENTRIES, *arguments, environment=environment)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--json", "log", "list"),
        ("log", "--json", "list"),
        ("log", "list", "--json"),
    ],
)
def test_a_global_option_may_stand_before_between_or_after_the_commands(
    arguments: tuple[str, ...],
) -> None:
    ended = run(*arguments)
    assert ended.code == 0
    assert ended.out == (
        '{"pirights": 1, "kind": "List", "data": {"rows": '
        '[["E2", "杭州野生动物世界", "yes"], ["E1", "Gate 3", null]]}}\n'
    )


def test_a_value_that_looks_like_a_global_option_stays_a_value() -> None:
    ended = run("log", "add", "--place", "Gate", "--note", "--json")
    assert ended.code == 0
    assert ended.out == "Place  Gate\nNote   --json\n  --json\n"


def test_after_two_dashes_everything_is_a_file() -> None:
    ended = run("log", "add", "--json", "--place", "x", "--", "--yes")
    assert ended.json()["files"] == ["--yes"]
    assert ended.json()["yes"] is False


def test_the_later_vault_wins_and_the_flags_add_up() -> None:
    ended = run("--vault", "/a", "--yes", "log", "add", "--place", "x", "--vault", "/b", "--json")
    assert ended.json()["vault"] == "/b"
    assert ended.json()["yes"] is True


def test_the_vault_comes_from_the_environment_when_no_option_names_it() -> None:
    ended = run("log", "add", "--place", "x", PIRIGHTS_VAULT="/from/the/environment")
    assert ended.err == "Warning: The folder is /from/the/environment.\n"


def test_values_of_every_kind_become_json() -> None:
    data = run("log", "add", "--json", "--place", "门", "--venue", "shop", "a.jpg").json()
    assert data["notice"] == "unknown"
    assert data["venue"] == ["shop"]
    assert data["files"] == ["a.jpg"]
    assert data["on"] == "2026-11-20"
    assert data["at"] == "2026-11-20T10:05:00Z"


def test_under_json_even_warnings_are_json() -> None:
    ended = run("log", "add", "--json", "--place", "x", "--vault", "/v")
    assert ended.err == (
        '{"pirights": 1, "kind": "Warning", "data": '
        '{"message": "The folder is /v.", "hint": null}}\n'
    )


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        (("lgo",), "There is no command lgo.", "Did you mean log?"),
        (("log", "zzz"), "There is no command zzz.", "pirights log --help lists the commands."),
        (("log", "list", "--zzzz"), "There is no option --zzzz.", "pirights log list --help"),
        (("log", "add", "--plac", "x"), "There is no option --plac.", "--place"),
        (("log", "add"), "The option --place is missing.", "pirights log add --help"),
        (("log", "add", "--place"), "The option --place needs a value.", "--help"),
        (("log", "list", "--json=1"), "The option --json takes no value.", "--help"),
        (("log", "add", "--place", "x", "--count", "q"), "--count takes a whole number.", "--help"),
        (
            ("log", "add", "--place", "x", "--count", "-1"),
            "--count takes a number of 0 or more.",
            "",
        ),
        (
            ("log", "add", "--place", "x", "--count", "10"),
            "--count takes a number of 9 at most.",
            "",
        ),
        (
            ("log", "add", "--place", "x", "--notice", "maybe"),
            "--notice does not know maybe.",
            "One of: yes, no, unknown.",
        ),
        (("log", "list", "more"), "This is too much: more", "pirights log list --help"),
        (("--lang", "fr", "log", "list"), "--lang does not know fr.", "One of: zh, en."),
        (("--vault", "", "log", "add", "--place", "x"), "The option --vault needs a folder.", ""),
    ],
)
def test_a_wrong_command_line_is_told_in_our_own_words(
    arguments: tuple[str, ...], said: str, hint: str
) -> None:
    ended = run(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert f"Error: {said}\n" in ended.err
    assert hint in ended.err


def test_a_wrong_command_line_is_json_where_json_was_wanted() -> None:
    ended = run("log", "add", "--bad", "--json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.error() == {
        "code": 2,
        "name": "wrong-usage",
        "message": "There is no option --bad.",
        "hint": "pirights log add --help shows what it takes.",
    }


def test_a_wrong_command_line_is_told_in_chinese() -> None:
    ended = run("--lang", "zh", "log", "add")
    assert ended.err.startswith("错误：缺少选项 --place。\n")


@pytest.mark.parametrize("arguments", [(), ("log",)])
def test_without_a_command_the_help_page_is_shown_and_nothing_is_done(
    arguments: tuple[str, ...],
) -> None:
    ended = run(*arguments)
    assert (ended.code, ended.out) == (2, "")
    assert "Commands:" in ended.err
    assert "a command is missing" in ended.err


def test_without_a_command_a_program_gets_json() -> None:
    ended = run("--json")
    assert (ended.code, ended.out) == (2, "")
    assert ended.error()["message"] == "Say what to do: a command is missing."


def test_an_error_is_escaped_and_leaves_stdout_empty() -> None:
    ended = run("log", "fail", "--how", "ours")
    assert (ended.code, ended.out) == (14, "")
    assert ended.err == "Error: The field place is bad: \\x1b[31m<b>\n  Type it again.\n"


def test_an_error_is_escaped_in_json_too() -> None:
    ended = run("log", "fail", "--how", "ours", "--json")
    assert (ended.code, ended.out) == (14, "")
    assert "\x1b" not in ended.err
    assert ended.error() == {
        "code": 14,
        "name": "bad-input",
        "message": "The field place is bad: \\x1b[31m<b>",
        "hint": "Type it again.",
    }


def test_json_never_carries_a_raw_control_or_direction_character() -> None:
    nasty = "a\x1b\x7f\x9b\u202e\u2028z"
    ended = run("log", "add", "--json", "--place", nasty)
    assert ended.json()["place"] == nasty
    assert not set(nasty[1:-1]) & set(ended.out)


def test_text_never_carries_a_raw_control_or_direction_character() -> None:
    nasty = "a\x1b\x7f\x9b\u202e\u2028z"
    ended = run("log", "add", "--place", nasty, "--note", nasty)
    assert not set(nasty[1:-1]) & set(ended.out)
    assert "a\\x1b\\x7f\\x9b\\u202e\\u2028z" in ended.out


def test_markup_and_gaps_in_user_text_stay_literal() -> None:
    ended = run("log", "add", "--place", "[bold]{x}<b>&amp;{{y}}")
    assert "[bold]{x}<b>&amp;{{y}}" in ended.out


@pytest.mark.parametrize(
    ("how", "code", "name"),
    [("stop", 3, "cancelled"), ("full", 14, "bad-input"), ("memory", 14, "bad-input")],
)
def test_what_the_system_does_ends_in_an_error_of_ours(how: str, code: int, name: str) -> None:
    ended = run("log", "fail", "--how", how, "--json")
    assert (ended.code, ended.out) == (code, "")
    assert ended.error()["name"] == name
    assert "secret" not in ended.err


def test_a_bug_is_named_without_the_users_data() -> None:
    ended = run("log", "fail", "--how", "bug")
    assert (ended.code, ended.out) == (1, "")
    assert "This is a bug in pirights: ValueError at " in ended.err
    assert "secret" not in ended.err
    assert "Traceback" not in ended.err


def test_a_bug_shows_its_trace_only_on_request() -> None:
    ended = run("log", "fail", "--how", "bug", PIRIGHTS_TRACEBACK="1")
    assert ended.code == 1
    assert "the secret is 42" in ended.err


def test_a_result_may_have_an_exit_code_of_its_own() -> None:
    ended = run("log", "fail", "--how", "result", "--json")
    assert (ended.code, ended.err) == (10, "")
    assert ended.json() == {"due": 1}


def test_a_single_command_stands_beside_the_groups() -> None:
    assert run("alone", "--json").json() == {"moment": "2026-01-01T00:00:00Z"}


def test_a_page_of_help_shows_commands_options_and_what_is_required() -> None:
    root = run("--help").out
    assert "log " in root
    assert "Keep the log of face scans." in root
    page = run("log", "add", "-h").out
    assert page.startswith("Usage: pirights log add [FILE...] [OPTIONS]\n")
    for word in (
        "--note TEXT",
        "yes|no|unknown",
        "One of: residential,",
        "Required.",
        "Default: 1.",
    ):
        assert word in page


def test_a_page_of_help_is_in_the_language_asked_for_wherever_that_stands() -> None:
    for arguments in (("--lang", "zh", "log", "--help"), ("log", "--help", "--lang=zh")):
        assert run(*arguments).out.startswith("用法：")
    assert run("--help", LANG="zh_CN.UTF-8").out.startswith("用法：")
    assert run("--help", LANG="zh_CN.UTF-8", PIRIGHTS_LANG="en").out.startswith("Usage:")
    assert run("--help", LANG="zh_CN.UTF-8", LC_ALL="C").out.startswith("Usage:")


def test_words_of_the_domain_are_said_in_the_language() -> None:
    assert "是" in run("log", "list", "--lang", "zh").out
    assert "yes" in run("log", "list", "--lang", "en").out


def test_the_version_is_shown_as_text_and_as_json() -> None:
    assert run("--version").out == "pirights 0.1.0\n"
    assert run("--version", "--json").json() == run("--json", "--version").json()


def test_the_version_loads_nothing_heavy(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pirights.cli.main import main\n"
        "sys.argv = ['pirights', '--version']\n"
        "try:\n    main()\n"
        "finally:\n    print(*sorted(sys.modules), file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env=surroundings(tmp_path),
        cwd=Path(__file__).parents[2],
    )
    loaded = ended.stderr.decode().split()
    assert "typer" in loaded
    assert not {name for name in loaded if name.partition(".")[0] in {*HEAVY, "rich"}}
    assert not {name for name in loaded if name.startswith(("pirights.vault", "pirights.render"))}


def test_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    ended = pirights(
        "--help", "--lang", "zh", home=tmp_path, environment={"LC_ALL": "C", "PYTHONUTF8": "0"}
    )
    assert ended.code == 0
    assert ended.out.startswith("用法：")


@pytest.mark.parametrize(
    "redirection", [">&-", "2>&-", "<&-", ">&- 2>&- <&-", "| true", "| head -c 1 >/dev/null"]
)
def test_a_closed_stream_causes_no_trace(redirection: str, tmp_path: Path) -> None:
    ended = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m pirights --help {redirection}"],
        capture_output=True,
        check=False,
        env=surroundings(tmp_path),
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 0
    assert ended.stderr == b""


def test_a_full_disk_under_stdout_is_told(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    ended = subprocess.run(
        ["sh", "-c", f"'{sys.executable}' -m pirights --help >/dev/full"],
        capture_output=True,
        check=False,
        env=surroundings(tmp_path),
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 14
    assert ended.stderr.startswith(b"Error: The disk is full.")


def test_colours_go_only_to_a_terminal(tmp_path: Path) -> None:
    assert "\x1b" not in pirights("--help", home=tmp_path).out
