import type { Generalising } from '../../../contract/prover.js';
import { exclusionId } from '../../../exclude/exclusion-id.js';
import { formatVariable } from '../../../model/evidence.js';
import type { Exclusion, ExclusionScope, RemoveTarget } from '../../../model/exclusion.js';
import { hasPlaceholder } from '../../../model/placeholders.js';
import { generaliseField } from '../../../request/field-paths.js';
import { sortedIds } from '../../../util/compare-ids.js';
import { groupBy } from '../../../util/group-by.js';
import { familyOf, isFamily, largestIndex } from '../name-families.js';
import { templateLadder } from './template-ladder.js';

/** An exclusion that names a variable. */
type Removal = Exclusion & RemoveTarget;

/** More names than that are no longer an exclusion that anybody reads. */
const mostNames = 200;

/** How many elements an array may have at least, where nobody says how many. */
const usualElements = 10;

/**
 * Exclusions for single names as one for all that differ in the index of an element or in a generated part: what is true
 * of one is true of the next. Where only every request can be told a pattern, it is for every request; where no pattern
 * can be told, the exclusion keeps the name and says that it looks generated.
 */
export function generaliseNames(exclusions: readonly Exclusion[], how: Generalising): readonly Exclusion[] {
  const removals = exclusions.filter(isRemoval);
  const others = exclusions.filter((one) => !isRemoval(one));
  const families = groupBy(removals, (one) => exclusionId(asFamily(one, how), one.scope));
  const told = [...families.values()].flatMap((group) => generaliseGroup(group, how));
  const merged = [...groupBy(told, ({ id }) => id).values()].flatMap(merge);
  return [...others, ...merged].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function isRemoval(exclusion: Exclusion): exclusion is Removal {
  return exclusion.effect === 'remove-target';
}

function templatesOf({ recognise }: Generalising): (name: string) => string {
  return (name) => recognise(name).template;
}

/** The change for all names of the family. */
function asFamily(exclusion: Removal, how: Generalising): Removal {
  const templateOf = templatesOf(how);
  const { field } = exclusion;
  return {
    ...exclusion,
    variable: familyOf(exclusion.variable, templateOf),
    ...(field !== undefined && { field: generaliseField(field, templateOf) }),
  };
}

function generaliseGroup(group: readonly Removal[], how: Generalising): readonly Removal[] {
  const [first] = group;
  if (first === undefined) return [];
  const family = asFamily(first, how);
  if (!isFamily(family.variable)) return group.map((one) => (isDoubtful(one, how) ? asGenerated(one) : one));
  const elements = elementsFor(group, family, how);
  if (elements === 'too many') return group.map(asGenerated);
  const told = { ...family, ...(elements !== undefined && { elements }) };
  const tried = scopesFor(first.scope).map((scope) => {
    const exclusion = { ...told, id: exclusionId(told, scope), scope };
    return { exclusion, obstacle: how.dialect.obstacle(exclusion) };
  });
  const chosen = tried.find(({ obstacle }) => obstacle === undefined)?.exclusion;
  if (chosen === undefined) return group.map(asGenerated);
  const why = tried[0]?.obstacle;
  return group.map(({ ruleIds, ladder = [], widerBecause }) => ({
    ...chosen,
    ruleIds,
    ladder: hasPlaceholder(family.variable.key ?? '') ? templateLadder(ladder, tried, chosen) : ladder,
    ...(why === undefined
      ? {}
      : { widerBecause: [...(widerBecause === undefined ? [] : [widerBecause]), why].join('; ') }),
  }));
}

function isDoubtful({ variable }: Removal, { recognise }: Generalising): boolean {
  let isInDoubt = false;
  familyOf(variable, (name) => {
    isInDoubt ||= recognise(name).isDoubtful;
    return name;
  });
  return isInDoubt;
}

/** The next request with another name will be blocked. */
function asGenerated(exclusion: Removal): Removal {
  return { ...exclusion, looksGenerated: [formatVariable(exclusion.variable)] };
}

/** Narrower scopes first: a pattern may be told for every request only. */
function scopesFor(scope: ExclusionScope): readonly ExclusionScope[] {
  const { method, path } = scope;
  return [
    scope,
    ...(path !== undefined && method !== undefined ? [{ path }] : []),
    ...(path !== undefined || method !== undefined ? [{}] : []),
  ];
}

/** How many elements of each array are meant; nothing where the name is of no array. */
function elementsFor(group: readonly Removal[], { variable }: Removal, { elements }: Generalising) {
  const arrays = (variable.key ?? '').split('.array_*').length - 1;
  if (arrays === 0) return undefined;
  const seen = Math.max(...group.map((one) => largestIndex(one.variable))) + 1;
  if (Math.max(seen, elements ?? 0) ** arrays > mostNames) return 'too many';
  if (elements !== undefined) return Math.max(seen, elements);
  return Math.max(seen, Math.min(usualElements, Math.floor(mostNames ** (1 / arrays))));
}

/** Exclusions of the same change and scope, as one. */
function merge(group: readonly Removal[]): readonly Removal[] {
  const [first] = group;
  if (first === undefined) return [];
  const [generated, counts] = [
    group.flatMap((one) => one.looksGenerated ?? []),
    group.flatMap((one) => one.elements ?? []),
  ];
  return [
    {
      ...first,
      ruleIds: sortedIds(group.flatMap(({ ruleIds }) => ruleIds)),
      ...(counts.length > 0 && { elements: Math.max(...counts) }),
      ...(generated.length > 0 && { looksGenerated: [...new Set(generated)] }),
      ...(first.ladder === undefined ? {} : { ladder: group.flatMap(({ ladder = [] }) => ladder) }),
    },
  ];
}
