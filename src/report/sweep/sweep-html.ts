import { createHash } from 'node:crypto';
import type { SweepReport, SweptRuleSet } from '../../model/sweep.js';
import { pageStyle } from '../html/page-style.js';
import { xmlText } from '../xml-escape.js';
import { strokesOf, sweepChart } from './sweep-chart.js';
import { casesText, effortText, gridOf, outcomeText, percentOf, ruleSetText } from './sweep-texts.js';

/** One page that holds all it needs and runs nothing: a chart, and a table for each rule set. */
export async function sweepPage(report: SweepReport): Promise<string> {
  const style = await pageStyle(['base', 'page', 'pictures', 'sweep']);
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
<header class="page-header"><div class="page-title">
<p class="product">Wafproof sweep</p>
<h1>What each setting costs and detects</h1>
</div></header>
<main>
<p>${xmlText(casesText(report))}. Towards the upper left is better: more attacks are detected, and fewer legitimate requests blocked.</p>
${interrupted}
${figureOf(report)}
${report.ruleSets.map((ruleSet) => sectionOf(ruleSet, report)).join('\n')}
</main>
<footer class="page-footer">${xmlText(`${report.tool.name} ${report.tool.version}, ${report.startedAt.slice(0, 16).replace('T', ' ')} UTC`)}</footer>
</body>
</html>
`;
}

function figureOf(report: SweepReport): string {
  if (report.cases.attacks === 0)
    return '<p class="notice">No attack was evaluated: what the settings detect is not known, and not drawn.</p>';
  const keys = strokesOf(report).map(({ markup }) => markup);
  const chart = sweepChart(report).markup;
  return `<figure class="picture">
<div class="picture-view" tabindex="0" role="region" aria-label="Chart">${chart}</div>
${keys.join('')}
</figure>`;
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
<p class="hint">False positives / attacks detected. ${xmlText(effortText(ruleSet))}.</p>
<div class="picture-view" tabindex="0" role="region" aria-label="${xmlText(ruleSetText(ruleSet))}">
<table class="sweep"><thead><tr><td></td>${head}</tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
</div>
</section>`;
}
