import type { Directive } from '../exclusion-files/directives.js';
import { type Edit, editsFor } from '../exclusion-files/items.js';
import { type Action, actionValue, type Link, type Statement } from '../exclusion-files/rules.js';
import type { ModsecurityVersion } from './modsecurity-version.js';

/** What the engine writes, and where, and whether it refuses: that is for the command to say. */
const ours =
  /^Sec(?:RuleEngine|AuditEngine|AuditLog\w*|DebugLog(?:Level)?|TmpDir|DataDir|UploadDir|UploadKeepFiles|UploadFileMode|StatusEngine|ServerSignature|SensorId|ChrootDir|HttpBlKey|Conn\w+|(?:Read|Write)StateLimit)$/i;

/** What only ModSecurity 2 knows, and no rule looks at: with any of them libmodsecurity 3 loads nothing of the file. */
const unknownTo3 =
  /^Sec(?:RequestBodyInMemoryLimit|InterceptOnError|CacheTransformations|DisableBackendCompression|Stream(?:In|Out)BodyInspection|RulePerfTime|Hash\w+|Pdf\w+|GsbLookupDb|ContentInjection|CollectionTimeout|UploadFileLimit|RequestEncoding)$/i;

const refuses = new Set(['deny', 'drop', 'block', 'redirect']);

/** Whether a directive of the user's is left out. */
function isLeftOut({ name }: Directive, engine: ModsecurityVersion): boolean {
  return ours.test(name) || (engine === 'modsecurity3' && unknownTo3.test(name));
}

/**
 * What makes of a statement one that leaves our log alone: what an engine did can then be told of each request, whatever the user's
 * files say of logs. Lines keep their numbers.
 */
export function channelEdits(text: string, statement: Statement, engine: ModsecurityVersion): readonly Edit[] {
  if (statement.kind === 'rule')
    return statement.rule.links.flatMap((link) => linkEdits(statement.rule.links[0], link));
  const { directive } = statement;
  if (isLeftOut(directive, engine)) return [{ ...spanOf(directive), text: blankLines(text, directive) }];
  return /^SecDefaultAction$/i.test(directive.name) ? defaultEdits(text, directive) : [];
}

/** Rules that refuse are heard, and none switches the log off. */
function linkEdits(first: Link, { actions, list }: Link): readonly Edit[] {
  const isRefusal = first.actions.some(({ name }) => refuses.has(name));
  return editsFor(
    actions.flatMap((action, index) => {
      const instead = heard(action, isRefusal);
      return instead === undefined ? [] : [{ list, index, instead }];
    }),
  );
}

function heard({ name, value }: Action, isRefusal: boolean): string | undefined {
  if (name === 'ctl' && /^auditEngine=/i.test(value)) return 'ctl:auditEngine=On';
  if (name === 'ctl' && /^auditLogParts=/i.test(value)) return 'ctl:auditLogParts=+H';
  if (!isRefusal) return undefined;
  if (name === 'nolog') return 'log';
  return name === 'noauditlog' ? 'auditlog' : undefined;
}

/** By default a rule is heard that does not say itself that it is not. */
function defaultEdits(text: string, { words: [list] }: Directive): readonly Edit[] {
  if (list === undefined) return [];
  const silenced = /(^|,)(\s*)no(audit)?log(?=\s*(?:,|$))/gi;
  const written = text.slice(list.start, list.end);
  const spoken = written.replace(silenced, (_, before, space, audit) => `${before}${space}${audit ?? ''}log`);
  return spoken === written ? [] : [{ start: list.start, end: list.end, text: spoken }];
}

function spanOf({ start, end }: Directive) {
  return { start, end };
}

function blankLines(text: string, { start, end }: Directive): string {
  return '\n'.repeat(text.slice(start, end).split('\n').length - 1);
}

/** What the user's files set and define, which is then not set and defined before them. */
export interface Defined {
  /** Names of directives, in lower case. */
  readonly directives: ReadonlySet<string>;
  readonly ruleIds: ReadonlySet<string>;
}

/** What a statement defines, as the engine reads it. */
export function definedBy(statement: Statement, engine: ModsecurityVersion): { directive?: string; ruleId?: string } {
  if (statement.kind === 'directive') {
    return isLeftOut(statement.directive, engine) ? {} : { directive: statement.directive.name.toLowerCase() };
  }
  const ruleId = actionValue(statement.rule.links[0].actions, 'id');
  return ruleId === undefined ? {} : { ruleId };
}

/** Our settings without those that the user has: an engine refuses a rule that it has already, and may keep the first of two values. */
export function withoutDefined(settings: string, { directives, ruleIds }: Defined): string {
  return settings
    .split('\n')
    .filter((line) => {
      const [name = ''] = line.split(' ', 1);
      const id = /"id:(\d+)/.exec(line)?.[1];
      return id === undefined ? !directives.has(name.toLowerCase()) : !ruleIds.has(id);
    })
    .join('\n');
}
