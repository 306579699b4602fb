import { formatVariable, type Variable } from '../../model/evidence.js';
import type { ModsecurityHit } from './log-record.js';
import { type Blamed, isSame, type Places, type Recovered, recover } from './recover-variables.js';
import type { RequestVariable } from './request-variables.js';
import type { CatalogRule } from './rule-catalog.js';

/**
 * Which variables of the request a chain is about. Its line names what the last link looked at, which is often a variable
 * that the engine filled from the match of the first link; the first link's matches stand in the line's offsets.
 * @returns nothing for a rule that is no chain
 */
export function blameChain(line: ModsecurityHit, rule: CatalogRule | undefined, places: Places): readonly Blamed[] {
  const { variable } = line;
  if (variable !== undefined && isEngineVariable(variable)) return blameBehind(line, variable, rule, places);
  return rule?.chained === true && variable !== undefined ? blameDirect(line, variable, rule, places) : [];
}

/** Variables that hold what another variable matched: their names say nothing of the request. */
function isEngineVariable({ collection }: Variable): boolean {
  return /^(?:MATCHED_VARS?(?:_NAMES?)?|TX)$/.test(collection);
}

/** The last link names a variable of the request; taking the first link's variable away silences the rule as well. */
function blameDirect(line: ModsecurityHit, variable: Variable, rule: CatalogRule, places: Places): readonly Blamed[] {
  const heads = recover(line.matches.slice(0, -1), rule, places, variable).map((one) => one.variable);
  const { matched, matchedTruncated } = line;
  return [
    {
      variable: places.nameOf(variable),
      variableSource: 'logged',
      ...(heads.length > 0 && { alternatives: heads }),
      ...(matched !== undefined && { matched }),
      ...(matchedTruncated && { matchedTruncated }),
    },
  ];
}

/** The last link names a variable of the engine's own. */
function blameBehind(
  line: ModsecurityHit,
  variable: Variable,
  rule: CatalogRule | undefined,
  places: Places,
): readonly Blamed[] {
  const { matched } = line;
  const found = variablesBehind(line, variable, rule, places);
  const unknown: Recovered = { variable, variableSource: 'unknown', ...(matched !== undefined && { matched }) };
  const own = transactionVariable(variable);
  const alternatives = own === undefined ? {} : { alternatives: [own] };
  return (found.length > 0 ? found : [unknown]).map((one) => ({ ...one, ...alternatives }));
}

function variablesBehind(line: ModsecurityHit, variable: Variable, rule: CatalogRule | undefined, places: Places) {
  const named = namedWithin(variable, places.variables);
  const byName: readonly Recovered[] = named
    ? [{ variable: places.nameOf(named.variable), variableSource: 'recovered' }]
    : [];
  switch (variable.collection) {
    case 'MATCHED_VAR': // the last match of the link before
      return recover(line.matches.slice(-1), rule, places);
    case 'TX': // filled once for each match of the first link
      return distinct([...aboutKey(recover(line.matches, rule, places), variable), ...byName]);
    default: // MATCHED_VARS and MATCHED_VARS_NAMES carry the name
      return byName.length > 0 ? byName : recover(line.matches, rule, places);
  }
}

/** `TX:header_name_accept-charset` is about that header alone, though the first link matched all of them. */
function aboutKey(found: readonly Recovered[], { key = '' }: Variable): readonly Recovered[] {
  const about = found.filter(({ variable }) => key.toLowerCase().endsWith((variable.key ?? '\0').toLowerCase()));
  return about.length > 0 ? about : found;
}

/** `TX:rfi_parameter_ARGS:url` is about `ARGS:url`: the longest name of the request that the key ends with. */
function namedWithin({ key = '' }: Variable, variables: readonly RequestVariable[]): RequestVariable | undefined {
  const inside = variables.filter(
    ({ variable }) => variable.key !== undefined && key.endsWith(formatVariable(variable)),
  );
  return inside.sort((a, b) => formatVariable(b.variable).length - formatVariable(a.variable).length)[0];
}

/** `TX:…` itself, or the one that a chain matched by name: `MATCHED_VARS_NAMES:TX:paramcounter_ARGS_NAMES:id`. */
function transactionVariable({ collection, key = '' }: Variable): Variable | undefined {
  if (collection === 'TX') return { collection, key };
  const isNamed = collection.startsWith('MATCHED_VAR') && key.startsWith('TX:');
  return isNamed ? { collection: 'TX', key: key.slice(3) } : undefined;
}

function distinct(found: readonly Recovered[]): readonly Recovered[] {
  return found.filter((one, i) => !found.slice(0, i).some((earlier) => isSame(earlier.variable, one.variable)));
}
