"""pdfmake, the setter that a JavaScript programmer would take: the same words, the same fonts.

It comes from npm into a temporary folder. One process of node sets letter after letter, the fonts
read by then; only its setting and writing count, by its own clock.
"""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, assert_never

from pirights.domain.document import (
    Block,
    Document,
    Fields,
    Heading,
    Item,
    Language,
    Paragraph,
    ReceiptBox,
    Signature,
    Table,
    Title,
)
from tests.bench.letters import FACES

VERSION = "0.3.11"
PROGRAM = """\
const fs = require('fs');
const pdfmake = require('pdfmake');
const [fonts, serif, sans, letters, out] = process.argv.slice(2);
const faces = name => ({normal: `${fonts}/${name}.ttf`, bold: `${fonts}/${name}.ttf`});
pdfmake.setFonts({serif: faces(serif), sans: faces(sans)});
pdfmake.setLocalAccessPolicy(() => true);
pdfmake.setUrlAccessPolicy(() => false);
const footer = (page, pages) => ({text: `PR  ${page} / ${pages}`, fontSize: 9, margin: [77, 10]});
const lines = fs.readFileSync(letters, 'utf8').trim().split('\\n');
(async () => {
  const taken = [];
  for (const [number, line] of lines.entries()) {
    const before = process.cpuUsage(), began = performance.now();
    const file = `${out}/pdfmake${number}.pdf`;
    await pdfmake.createPdf({...JSON.parse(line), footer}).write(file);
    const used = process.cpuUsage(before);
    taken.push([(performance.now() - began) / 1e3, (used.user + used.system) / 1e6]);
  }
  console.log(JSON.stringify(taken));
})();
"""


@dataclass(frozen=True, slots=True)
class Pdfmake:
    """Where it was installed."""

    home: Path

    def seconds(self, papers: Sequence[Document], fonts: Path) -> tuple[float, float]:
        """Set papers and write them to disk.

        Returns:
            Seconds for one of them, by the clock and of the processor. The first one, in which
            the program gets warm, is not counted.
        """
        letters = self.home / "letters.jsonl"
        words = (json.dumps(definition(paper), ensure_ascii=False) for paper in papers)
        letters.write_text("\n".join(words), encoding="utf-8")
        told = subprocess.run(
            ["node", "set.js", str(fonts), *FACES, str(letters), str(self.home)],
            cwd=self.home,
            check=True,
            capture_output=True,
        )
        taken = json.loads(told.stdout)[1:]
        clock, processor = (sum(figures) / len(taken) for figures in zip(*taken, strict=True))
        return clock, processor


def installed(home: Path) -> Pdfmake | None:
    """Fetch it from npm; None where npm, node or the registry is not to be had."""
    if not (shutil.which("npm") and shutil.which("node")):
        return None
    home.mkdir()
    (home / "package.json").write_text("{}", encoding="utf-8")
    (home / "set.js").write_text(PROGRAM, encoding="utf-8")
    fetch = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", f"pdfmake@{VERSION}"]
    try:
        subprocess.run(fetch, cwd=home, check=True, capture_output=True, timeout=120)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    return Pdfmake(home)


def definition(paper: Document) -> dict[str, Any]:
    """Write a paper as a user of pdfmake would; its words are values, not markup."""
    return {
        "pageSize": "A4",
        "pageMargins": [77, 68, 77, 70],
        "defaultStyle": {"font": "serif", "fontSize": 11},
        "content": [_block(block) for block in paper.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Title(text=text):
            return {"text": text, "font": "sans", "fontSize": 18, "alignment": "center"}
        case Heading(text=text):
            return {"text": text, "font": "sans", "fontSize": 12, "margin": [0, 6, 0, 2]}
        case Paragraph(text=text, language=language):
            return {**_body(text, language), "margin": [0, 0, 0, 4]}
        case Item(number=number, text=text, basis=basis, language=language):
            inside = [_body(text, language), {"text": basis, "fontSize": 9}]
            return {"columns": [{"text": f"{number}.", "width": 22}, {"stack": inside}]}
        case Fields(rows=rows):
            cells = [
                [{"text": label, "font": "sans", "fontSize": 9.5}, text] for label, text in rows
            ]
            return {"table": {"widths": ["auto", "*"], "body": cells}}
        case Table(head=head, rows=rows):
            return {"table": {"body": [list(row) for row in (head, *rows)]}}
        case Signature(lines=lines):
            return {"stack": list(lines), "alignment": "right", "unbreakable": True}
        case ReceiptBox(lines=lines):
            return {
                "table": {"widths": ["*"], "heights": [110], "body": [[{"stack": list(lines)}]]}
            }
        case never:
            assert_never(never)


def _body(text: str, language: Language) -> dict[str, Any]:
    size = 10 if language is Language.EN else 11
    justified = "left" if language is Language.EN else "justify"
    return {"text": text, "fontSize": size, "alignment": justified}
