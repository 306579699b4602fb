import { configurationLines } from '../markdown/configuration-lines.js';
import { codeText, plainText, table } from '../markdown/markdown-text.js';
import { formatCount, plural } from '../run-texts.js';
import type { ChoiceData, ListedCases } from './choice-data.js';
import type { ChoiceOutcome } from './choice-outcome.js';
import { choiceSentences } from './choice-sentences.js';

/** A file of the chosen configuration. */
export interface ChosenFile {
  readonly name: string;
  readonly content: string;
}

const maxRows = 100;

/** What is chosen as the text of a pull request: what is opened, why, proof, price, cases, what stays blocked, configuration. */
export function choiceMarkdown(data: ChoiceData, outcome: ChoiceOutcome, files: readonly ChosenFile[]): string {
  const sections = [
    head(data, outcome),
    opened(outcome),
    reasons(outcome),
    proof(data, outcome),
    price(data, outcome),
    cases(`Cases cleared`, { count: outcome.cleared, first: outcome.clearedFirst }),
    staying(data, outcome),
    ...files.map(configurationLines),
    [`<sub>${plainText(data.tool)}</sub>`],
  ].filter((lines) => lines.length > 0);
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function head(data: ChoiceData, outcome: ChoiceOutcome): readonly string[] {
  const sentences = choiceSentences(data, outcome).map(plainText).join(' ');
  return ['## Exclusions for the web application firewall', '', `**${plainText(data.answer)}** ${sentences}`];
}

function opened({ chosen }: ChoiceOutcome): readonly string[] {
  const rows = chosen
    .slice(0, maxRows)
    .map(({ text, rules, price: cost }) => [codeText(text), codeText(rules), plainText(cost)]);
  return [
    '### What is opened',
    '',
    ...table(['what is excluded', 'rules', 'attacks let through'], rows),
    ...more(chosen.length, maxRows),
  ];
}

function reasons({ chosen }: ChoiceOutcome): readonly string[] {
  const lines = chosen
    .slice(0, maxRows)
    .flatMap(({ text, cases: { count, first }, wider }) => [
      `- ${codeText(text)} for ${plural(count, 'case')}`,
      ...first.map((one) => `  - ${plainText(one)}`),
      ...(wider === '' ? [] : [`  - Wider than one field at one endpoint: ${plainText(wider)}`]),
    ]);
  return ['### Why', '', ...lines, ...more(chosen.length, maxRows)];
}

function proof({ proof: engine, exclusions }: ChoiceData, { chosen }: ChoiceOutcome): readonly string[] {
  const part =
    chosen.length === exclusions.length
      ? ''
      : ` These are a part of ${plural(exclusions.length, 'exclusion')} that were proved together: nobody has asked the engine what they come to by themselves.`;
  return ['### Proof', '', `Proved on ${plainText(engine)}.${part}`];
}

function price(
  { attacks: { classes, classOf } }: ChoiceData,
  { chosen, attacks = [] }: ChoiceOutcome,
): readonly string[] {
  if (attacks.length === 0) return [];
  const counts = new Map<number, number>();
  for (const attack of attacks) {
    const place = classOf[attack] ?? 0;
    counts.set(place, (counts.get(place) ?? 0) + 1);
  }
  const examples = new Map(chosen.flatMap((one) => one.examples));
  const rows = [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([place, count]) => [
      plainText(classes[place] ?? ''),
      formatCount(count),
      codeText(examples.get(place) ?? ''),
    ]);
  return [
    '### Price by class of attack',
    '',
    ...table(['class', 'attacks let through', 'example'], rows.slice(0, maxRows)),
  ];
}

function cases(title: string, { count, first }: ListedCases): readonly string[] {
  if (count === 0) return [];
  return [
    `### ${title} (${formatCount(count)})`,
    '',
    ...first.map((id) => `- ${codeText(id)}`),
    ...more(count, first.length),
  ];
}

function staying({ stillBlocked }: ChoiceData, { left, leftFirst, refused }: ChoiceOutcome): readonly string[] {
  if (left + stillBlocked.count + refused.length === 0) return ['### What stays blocked', '', 'None of the cases.'];
  return [
    '### What stays blocked',
    '',
    ...stillBlocked.first.map((id) => `- ${codeText(id)}: no exclusion clears it`),
    ...more(stillBlocked.count, stillBlocked.first.length),
    ...leftFirst.map((id) => `- ${codeText(id)}: it may need what was not accepted`),
    ...more(left, leftFirst.length),
    ...refused.slice(0, maxRows).map(({ text }) => `- not accepted: ${codeText(text)}`),
    ...more(refused.length, maxRows),
  ];
}

function more(count: number, shown: number): readonly string[] {
  return count > shown ? ['', `… and ${formatCount(count - shown)} more.`] : [];
}
