import type { Dialect } from '../../../contract/dialect.js';
import type { Prover, ProverOptions } from '../../../contract/prover.js';
import { pathOf } from '../../../model/endpoint.js';
import { fail } from '../../../model/error.js';
import type { RunReport } from '../../../model/report.js';
import type { AclSource } from '../acl/web-acl.js';
import { awsDialectNames, awsDialectOf } from '../dialects/aws-dialects.js';
import { awsFieldNames } from '../field-names.js';
import { openAcl } from '../open-acl.js';
import { openBench } from './bench.js';
import { aclForms } from './forms.js';
import { seenIn } from './seen.js';

/**
 * Proves exclusions by the offline evaluator, on what AWS was seen to match: rules of managed groups are not published.
 * @throws WafproofError `DIALECT_UNKNOWN`, `ACL_NONE`, and all that can be wrong with a web ACL
 */
export async function openAclProver({ engine, settings }: ProverOptions, report: RunReport): Promise<Prover> {
  const { source, front } = await openAcl(engine);
  const seen = seenIn(report.results, source);
  const means = { source, front, seen };
  const bare = openBench([], means);
  return {
    engine: 'the offline evaluator of web ACLs',
    bare,
    names: awsFieldNames,
    dialects: readDialects(settings.dialects, source),
    possibilities: (dialect) => ({
      forms: (hit, place) => aclForms(hit, place, source),
      obstacle: (exclusion) => dialect.obstacle(exclusion),
      untouchable: () => undefined,
    }),
    generalise: (exclusions) => exclusions,
    asLoaded: (exclusion) => exclusion,
    open: async (exclusions) => openBench(exclusions, means),
    openAsWritten: async (exclusions) => openBench(exclusions, means),
    outcomeOf: (hits) => (hits.length > 0 ? 'blocked' : 'passed'),
    refusesAlone: () => false,
    placeKind: (request, field) => JSON.stringify([request.method, pathOf(request), field]),
    ruleGroup: String,
    openFor: async () => bare,
    servers: [],
    async close() {},
  };
}

function readDialects(names: readonly string[], source: AclSource): readonly [Dialect, ...Dialect[]] {
  const read = (name: string): Dialect => {
    const dialect = awsDialectOf(name, source);
    if (dialect === undefined) throw fail('DIALECT_UNKNOWN', { name, known: awsDialectNames });
    return dialect;
  };
  const [first = 'terraform', ...more] = names;
  return [read(first), ...more.map(read)];
}
