"""The one style sheet of the page: quiet on the screen, light on paper."""

from typing import Final

STYLE: Final = """\
@page { size: A4; margin: 16mm 15mm 18mm; @bottom-right { font: 8pt sans-serif; content: PAGES; } }
* { box-sizing: border-box; }
body { margin: 0; background: #fff; color: #1a1a1a; font-size: 10pt; line-height: 1.5;
  font-family: Arial, "Liberation Sans", Helvetica, "Noto Sans SC", "Noto Sans CJK SC",
  "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", SimHei, sans-serif;
  line-break: strict; overflow-wrap: anywhere; }
main { max-width: 210mm; margin: 0 auto; padding: 12mm 8mm; }
h1 { font-size: 18pt; font-weight: 600; margin: 0 0 4pt; line-height: 1.3; }
h2 { font-size: 12.5pt; font-weight: 600; margin: 22pt 0 4pt; padding-top: 6pt;
  border-top: 1pt solid #1a1a1a; break-after: avoid; }
p { margin: 4pt 0; }
nav { margin: 8pt 0; }
nav a { margin-right: 12pt; }
a { color: #14507a; text-decoration: none; }
a:hover { text-decoration: underline; }
.note, caption, .legend { color: #555; font-size: 8.5pt; }
.key { display: inline-block; margin-right: 12pt; }
table { border-collapse: collapse; width: 100%; margin: 6pt 0; font-size: 9pt; line-height: 1.35;
  font-variant-numeric: tabular-nums; }
caption { text-align: left; caption-side: top; padding-bottom: 2pt; }
th, td { text-align: left; vertical-align: top; padding: 2.5pt 8pt 2.5pt 0;
  border-bottom: 0.5pt solid #d5d5d5; unicode-bidi: isolate; }
thead th { border-bottom: 0.75pt solid #555; font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: normal; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
table.due, table.cases, table.answers, table.matrix { table-layout: fixed; }
table.due th:nth-child(1) { width: 60pt; } table.due thead th:nth-child(2) { width: 106pt; }
table.due thead th:nth-child(3) { width: 78pt; } table.due thead th:nth-child(6) { width: 80pt; }
table.cases thead th { width: 53pt; } table.cases thead th:nth-child(1) { width: 97pt; }
table.cases thead th:nth-child(2) { width: 70pt; }
table.cases thead th:nth-child(5) { width: 46pt; }
table.cases thead th:nth-child(3) { width: auto; }
table.answers thead th { width: 52pt; } table.answers thead th:nth-child(1) { width: auto; }
table.answers thead th:nth-child(n+5) { width: 56pt; }
table.answers thead th:nth-child(6) { width: 108pt; }
table.matrix thead th:nth-child(1) { width: 96pt; }
table.matrix thead th:nth-child(2) { width: 30pt; }
table.matrix thead th { font-size: 8pt; hyphens: auto; padding-right: 3pt; }
table.counts { width: auto; }
table.counts td:nth-child(2), table.scans td { text-align: right; }
table.scans thead th + th { text-align: right; }
table.scans { width: auto; }
table.scans td, table.scans thead th { white-space: nowrap; }
table.matrix, table.scans { font-size: 8.5pt; }
table.due td:nth-child(2), table.due th { white-space: nowrap; }
table.cases tbody th, table.cases td:nth-child(n+6) { white-space: nowrap; }
table.cases th, table.cases td { padding-right: 4pt; }
table.cases { font-size: 8.5pt; }
.mark { white-space: nowrap; margin-right: 5pt; }
.pair { display: flex; flex-wrap: wrap; gap: 4pt 28pt; }
.all th, .all td { font-weight: 600; }
.passed th { font-weight: 600; color: #8a2a12; }
tr:target th, tr:target td { background: #fff4c2; }
svg { display: block; }
svg.bar rect, svg.columns rect { fill: #4a7ba6; }
svg.bar, svg.spread { margin-top: 2pt; }
svg.spread path { stroke: #4a7ba6; stroke-width: 1.5; fill: none; }
svg.spread path.scale { stroke: #d5d5d5; stroke-width: 1; }
svg.spread circle { fill: #1a1a1a; }
svg.columns { margin: 6pt 0; max-width: 100%; height: auto; }
svg.columns path { stroke: #555; }
svg.columns text { font-size: 9px; text-anchor: middle; fill: #333; }
@media screen { main { min-width: 680px; } }
@media print { main { max-width: none; padding: 0; } nav { display: none; } a { color: inherit; }
  svg { print-color-adjust: exact; } }
"""
"""`PAGES` stands for the words of the page's number."""
