import type { StepProgress } from '../contract/progress.js';
import type { Bench } from '../contract/prover.js';
import { actsOn, needs } from '../exclude/acts-on.js';
import { pathOf } from '../model/endpoint.js';
import type { Exclusion } from '../model/exclusion.js';
import type { FieldPath } from '../model/field.js';
import { isTemplate, withOtherSegments } from '../model/path-template.js';
import { withOtherParts } from '../model/placeholders.js';
import type { CaseResult } from '../model/report.js';
import type { RequestSpec } from '../model/request.js';
import { includesField, isGeneralField } from '../request/field-paths.js';
import { otherValue } from '../request/other-values.js';
import { withOtherNames } from '../request/with-other-names.js';
import { evaluateAll } from './evaluate-all.js';
import { unheard } from './step-progress.js';

/** The request of a case with other generated parts in its names and path. */
export interface Sibling {
  /** The id of the case. */
  readonly of: string;
  readonly request: RequestSpec;
}

/**
 * Requests such as the next ones will be: cases that exclusions clear with other numbers, UUIDs, hashes and dates, wherever
 * exclusions say that these are generated. One is enough for the cases that the same exclusions are for.
 */
export function inventSiblings(exclusions: readonly Exclusion[], cases: readonly CaseResult[]): readonly Sibling[] {
  const siblings = new Map<string, Sibling>();
  for (const one of cases) {
    const needed = exclusions.filter((exclusion) => needs(one, exclusion));
    const key = JSON.stringify(needed.map(({ id }) => id));
    if (needed.length === 0 || siblings.has(key)) continue;
    const request = siblingOf(
      one.request,
      exclusions.filter((exclusion) => actsOn(exclusion, one.request)),
    );
    if (request !== undefined) siblings.set(key, { of: one.id, request });
  }
  return [...siblings.values()];
}

/** Ids of cases of which a sibling is not known to pass. */
export async function blockedSiblings(
  siblings: readonly Sibling[],
  bench: Bench,
  progress: StepProgress = unheard,
): Promise<readonly string[]> {
  progress.begin(siblings.length);
  const ask = async ({ of, request }: Sibling) => {
    const { outcome } = await bench.evaluate(request);
    return outcome === 'passed' ? [] : [of];
  };
  const answers = await evaluateAll(siblings, ask, progress.step);
  return answers.flat();
}

function siblingOf(request: RequestSpec, acting: readonly Exclusion[]): RequestSpec | undefined {
  const fields = acting.flatMap((one) => (one.effect === 'remove-target' && one.field ? [one.field] : []));
  const template = acting.map(({ scope }) => scope.path).find((path) => path !== undefined && isTemplate(path));
  const general = fields.filter(isGeneralField);
  if (template === undefined && general.length === 0) return undefined;
  const own = pathOf(request);
  const path = template === undefined ? own : withOtherSegments(template, own, otherValue);
  let isNamed = false;
  const renamed = withOtherNames(request, (field, name) => {
    const other = otherName(field, name, general);
    isNamed ||= other !== undefined;
    return other ?? name;
  });
  if (template === undefined && !isNamed) return undefined;
  return { ...(isNamed ? renamed : request), path: `${path}${request.path.slice(own.length)}` };
}

/** Another name for a field, where a template is for it, or for what is inside. */
function otherName(field: FieldPath, name: string, general: readonly FieldPath[]): string | undefined {
  for (const one of general) {
    const template = templateFor(field, one);
    const other = template === undefined ? undefined : withOtherParts(template, name, otherValue);
    if (other !== undefined) return other;
  }
  return undefined;
}

function templateFor(field: FieldPath, general: FieldPath): string | undefined {
  if (field.kind !== 'json' || general.kind !== 'json') {
    return includesField(wholeField(general), field) && 'name' in general ? general.name : undefined;
  }
  const start = { kind: 'json', path: general.path.slice(0, field.path.length) } as const;
  const step = start.path.at(-1);
  return typeof step === 'string' && includesField(start, field) ? step : undefined;
}

/** A name is the same whatever of the field a rule looks at. */
function wholeField(field: FieldPath): FieldPath {
  return 'name' in field && field.name !== undefined && field.kind !== 'header'
    ? { kind: field.kind, name: field.name }
    : field;
}
