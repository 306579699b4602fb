import type { Configuration, RunReport } from '../../model/report.js';
import { factText, wafFacts } from '../../report/run-texts.js';
import { resultLines } from '../../report/terminal/cases-text.js';
import { plainStyle } from '../../report/terminal/style.js';

const width = 100;

/** Why a request is refused, and what would let it through, for the message of a test. */
export function refusalText(report: RunReport): string {
  const { results, target, verification, configurations = [] } = report;
  const facts = wafFacts(target).map(({ label, value }) => factText(label, value));
  const [, ...why] = results.flatMap((result) => resultLines(result, { width, style: plainStyle }));
  const exclusion = configurations.slice(0, 1).flatMap(directivesOf);
  return [
    ...why.map((line) => line.slice(2)),
    `  by ${facts.join(', ')}`,
    ...(exclusion.length === 0 || verification === undefined
      ? []
      : ['', `The narrowest exclusion that clears it, proved on ${verification.engine}:`, ...exclusion]),
  ].join('\n');
}

/** The lines that serve an endpoint, without their comments. */
function directivesOf({ files, sections = [] }: Configuration): readonly string[] {
  return sections.flatMap(({ file, from, to }) => {
    const lines = files.find(({ name }) => name === file)?.content.split('\n') ?? [];
    return lines.slice(from - 1, to).filter((line) => !line.startsWith('#'));
  });
}
