"""`pirights handler find-help`: how to find the registered company behind a brand."""

from typing import Final

import typer

from pirights.cli.frame import call
from pirights.errors import Message, message

_STEPS: Final[tuple[tuple[str, Message], ...]] = (
    (
        "licence",
        message(
            "The business licence (营业执照) on the wall, at the counter or at the entrance: a "
            "photo of it shows the full name, the unified social credit code and the "
            "registered address."
        ),
    ),
    (
        "notice",
        message(
            "The notice at the device, the entry rules, a ticket or a membership contract: who "
            "calls itself the handler, or puts its seal there?"
        ),
    ),
    (
        "invoice",
        message(
            "The invoice (发票): the name and the code of the seller. A receipt or the record of a "
            "payment names the payee, who may be another company."
        ),
    ),
    (
        "app",
        message(
            "The app, mini program or official account: the page about who operates the account, "
            "the privacy policy, and the developer's name in the app store."
        ),
    ),
    (
        "web",
        message(
            "The web site: the ICP filing number (ICP备案号) at the foot of its pages, and whom "
            "the ministry's public query of filings names for it."
        ),
    ),
    (
        "register",
        message(
            "The National Enterprise Credit Information Publicity System "
            "(国家企业信用信息公示系统): search the name or the code there, and read the full "
            "name, whether the company still exists, its registered address, and its branches."
        ),
    ),
    (
        "branch",
        message(
            "A branch, a franchise or the manager of a building may be another than the brand: "
            "note who decides about the device, and write to each that may. --branch-of, "
            "--brand-of and --parent tell how they stand to each other."
        ),
    ),
    (
        "ask",
        message(
            "Ask on the spot, and note who answered and when: before it handles information, a "
            "handler has to tell its name and contact (PIPL 17)."
        ),
    ),
    (
        "keep",
        message(
            "Keep the photo or the screenshot with the encounter (`pirights log attach`), and "
            "write down where you found it and when: --source, --verified."
        ),
    ),
)
"""Where to look, nearest first; nothing of it is looked up here."""


def find_help(ctx: typer.Context) -> None:
    here = call(ctx)
    here.screen.result(
        "HandlerFindHelp",
        {"steps": [{"id": name, "what": what} for name, what in _STEPS]},
        message("To find the registered company behind a brand; pirights looks nothing up:"),
        *(
            message("{number}. {what}", number=number, what=what)
            for number, (_, what) in enumerate(_STEPS, start=1)
        ),
    )
