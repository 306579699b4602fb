import { causeTexts } from '../../src/triage/cause-texts.js';
import type { Sign, Wanted } from '../../src/triage/sign.js';
import type { RefusalPattern, System } from '../../src/triage/system.js';
import { evidenceKinds } from '../../src/triage/system.js';
import { systems } from '../../src/triage/systems.js';

/** The page on refusals: prose by hand, and all that the table says itself. */
export function triagePage(): string {
  return `${[
    '# Who refused it',
    'Made by `test/docs/triage.test.ts` from the table in `src/triage/systems/`; it fails when this page says anything else.',
    intro,
    '## Causes',
    table(
      ['cause', 'what it means', 'what to do', 'what would tell'],
      Object.entries(causeTexts).map(([cause, { meaning, fix, next }]) => [`\`${cause}\``, meaning, fix, next]),
    ),
    '## Systems',
    `${systems.length} systems, ${systems.reduce((sum, { refusals }) => sum + refusals.length, 0)} ways to refuse.`,
    ...[...systems].sort((a, b) => a.name.localeCompare(b.name)).flatMap(sectionOf),
  ].join('\n\n')}\n`;
}

const intro = `\`wafproof triage\` holds an answer, the request and the lines of logs against this table. A row holds where all of its signs
are seen. Of the rows that hold, those of the weightiest kind of evidence decide: ${evidenceKinds.map((kind) => `\`${kind}\``).join(', ')}, in this
order; nothing is added up. Where two of a kind name different refusers, the answer is \`unknown\`, with both. \`proved\`: only this system writes
that; \`likely\`: right in at least nine of ten recorded answers that look so; \`possible\`: something else answers so too. What shows that a
system is on the way never says that it refused.`;

function sectionOf(system: System): readonly string[] {
  const { name, id, layer, source, rides, refusals, fixes = {} } = system;
  const way = rides.length === 0 ? '' : ` On the way: ${rides.map(signText).join(' or ')}.`;
  return [
    `### ${name}`,
    `\`${id}\`, ${layer}.${way} Source: ${text(source)}.`,
    table(
      ['refusal', 'kind', 'who and why', 'grade', 'signs', 'meaning', 'else'],
      refusals.map((refusal) => rowOf(refusal, system)),
    ),
    ...(Object.keys(fixes).length === 0
      ? []
      : [
          Object.entries(fixes)
            .map(([cause, fix]) => `- \`${cause}\`: ${text(fix)}`)
            .join('\n'),
        ]),
  ];
}

function rowOf(refusal: RefusalPattern, { layer }: System): readonly string[] {
  const { id, by, cause, grade, all, says, or = [], fix, source } = refusal;
  const more = [
    says,
    ...(fix === undefined ? [] : [`Fix: ${fix}`]),
    ...(source === undefined ? [] : [`Source: ${source}`]),
  ];
  const signs = all.map(signText).join(' and ');
  return [`\`${id}\``, by, `${refusal.layer ?? layer}/${cause}`, grade, signs, more.join('. '), or.join(', ')];
}

function signText(sign: Sign): string {
  switch (sign.at) {
    case 'status':
      return `status ${sign.is.join('/')}`;
    case 'header':
      return `header ${sign.name}${wanted(sign.is)}`;
    case 'json':
      return `JSON ${sign.path}${wanted(sign.is)}`;
    case 'json-keys':
      return `JSON keys ${sign.is.join(', ')}`;
    case 'xml':
      return `XML ${sign.element}${wanted(sign.is)}`;
    case 'log':
      return `${sign.kind} log, ${sign.field}${wanted(sign.is)}`;
    case 'request':
      return `request ${sign.part}${wanted(sign.is)}`;
    case 'not':
      return `no ${signText(sign.sign)}`;
    default:
      return `${sign.at}${wanted(sign.is)}`;
  }
}

function wanted(is: Wanted): string {
  return is === undefined ? '' : ` \`\` ${String(is).replaceAll('`', 'ˋ').replaceAll('](', '] (') || 'empty'} \`\``;
}

/** Tags and bars would be read as the page's own. */
function text(plain: string): string {
  return plain.replaceAll('<', '&lt;');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Code keeps its brackets; outside of it they are escaped. */
function cell(content: string): string {
  const escaped = content.split(/(`` .*? ``)/s).map((part, at) => (at % 2 === 1 ? part : text(part)));
  return escaped
    .join('')
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, ' ');
}
