import { createHash } from 'node:crypto';
import type { SweepReport, SweptRuleSet } from '../../model/sweep.js';
import { xmlText } from '../xml-escape.js';
import { strokesOf, sweepChart } from './sweep-chart.js';
import { casesText, effortText, gridOf, outcomeText, percentOf, ruleSetText } from './sweep-texts.js';

const style = `
:root { color-scheme: light dark; --ink: #1c2430; --faint: #5b6676; --paper: #fff; --line: #d9dee5;
  --c0: #1f6feb; --c1: #1a7f37; --c2: #9a6700; --c3: #cf222e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf2; --faint: #9aa6b5; --paper: #11161d; --line: #2d3642;
  --c0: #79b0ff; --c1: #56d364; --c2: #e3b341; --c3: #ff8c84; } }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1rem 4rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
h1 { font-size: 1.6rem; line-height: 1.25; } h2 { font-size: 1.15rem; margin-top: 2.5rem; } p { max-width: 42rem; }
.faint { color: var(--faint); } .wide { overflow-x: auto; } svg { width: 100%; height: auto; font-size: 12px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; } th, td { padding: .35rem .75rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
ul.keys { list-style: none; padding: 0; color: var(--faint); } svg.key { width: 2.5rem; height: .6rem; } .key polyline { stroke: currentColor; }
.grid { stroke: var(--line); } .tick { fill: var(--faint); } .axis { fill: var(--ink); } .middle { text-anchor: middle; } .end { text-anchor: end; }
polyline { fill: none; stroke-width: 2; } .s1 { stroke-dasharray: 6 4; } .s2 { stroke-dasharray: 2 3; }
${[0, 1, 2, 3].map((n) => `polyline.c${n} { stroke: var(--c${n}); } circle.c${n}, text.c${n} { fill: var(--c${n}); }`).join('\n')}
`;

/** One page that holds all it needs and runs nothing: a chart, and a table for each rule set. */
export function sweepPage(report: SweepReport): string {
  const hash = createHash('sha256').update(style).digest('base64');
  const interrupted =
    report.interrupted === undefined ? '' : `<p><strong>Interrupted: ${xmlText(report.interrupted)}</strong></p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<title>What each setting costs and detects</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>What each setting costs and detects</h1>
<p>${xmlText(casesText(report))}. Towards the upper left is better: more attacks are detected, and fewer legitimate requests blocked.</p>
${interrupted}
${sweepChart(report)}
${strokesOf(report)}
${report.ruleSets.map((ruleSet) => sectionOf(ruleSet, report)).join('\n')}
<p class="faint">${xmlText(`${report.tool.name} ${report.tool.version}, ${report.startedAt.slice(0, 16).replace('T', ' ')} UTC`)}</p>
</main>
</body>
</html>
`;
}

function sectionOf(ruleSet: SweptRuleSet, report: SweepReport): string {
  const grid = gridOf(ruleSet);
  const head = grid.columns.map((column) => `<th scope="col">${xmlText(`${grid.columnName} ${column}`)}</th>`).join('');
  const rows = grid.rows.map((row) => {
    const cells = grid.columns.map((column) => {
      const one = grid.at(row, column);
      if (one === undefined) return '<td></td>';
      const text = `${percentOf(one.falsePositives, report.cases.legitimate)} / ${percentOf(one.detected, report.cases.attacks)}`;
      return `<td title="${xmlText(outcomeText(one, report))}">${text}</td>`;
    });
    return `<tr><th scope="row">${xmlText(`${grid.rowName} ${row}`)}</th>${cells.join('')}</tr>`;
  });
  return `<section>
<h2>${xmlText(ruleSetText(ruleSet))}</h2>
<p class="faint">False positives / attacks detected. ${xmlText(effortText(ruleSet))}.</p>
<div class="wide" tabindex="0" role="region" aria-label="${xmlText(ruleSetText(ruleSet))}">
<table><thead><tr><td></td>${head}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
</div>
</section>`;
}
