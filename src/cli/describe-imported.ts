import type { ImportResult } from '../pipeline/import.js';
import { groupBy } from '../util/group-by.js';
import { nameSome } from '../util/name-some.js';

/** What is left out most comes first. */
export function describeLeftOut(leftOut: ImportResult['leftOut']): readonly string[] {
  const groups = [...groupBy(leftOut, ({ reason }) => reason)].sort(([, a], [, b]) => b.length - a.length);
  return groups.map(
    ([reason, group]) => `left out ${group.length}: ${reason}: ${nameSome(group.map(({ name }) => name))}`,
  );
}

/** What has to be set before the cases can be sent. */
export function describeNeeded(needed: ImportResult['needed']): readonly string[] {
  const secrets = needed.filter(({ kind }) => kind === 'env').map(({ name, of }) => `  export ${name}=…  # ${of}`);
  const session = needed.filter(({ kind }) => kind === 'session').map(({ name, of }) => `  ${name}: …  # ${of}`);
  return [
    ...(secrets.length === 0 ? [] : ['secrets are not in the suite; set them before it is used:', ...secrets]),
    ...(session.length === 0
      ? []
      : ['values of a session; say where they come from under "values" of the target\'s session:', ...session]),
  ];
}
