import type { LogHistory } from '../../contract/waf.js';
import type { Evidence } from '../../model/evidence.js';
import type { WireRequest } from '../../model/request.js';
import { createAttributor } from './attribute.js';
import type { ModsecurityRecord } from './log-record.js';
import { createLogReader } from './logs/log-reader.js';
import { ModsecurityMerger } from './logs/record-merger.js';
import { emptyCatalog } from './rule-catalog.js';

/** Nothing is recovered without the request: what a line names is what is told. */
const noRequest: WireRequest = { method: 'GET', target: '/', headers: [], body: new Uint8Array() };

/** Logs of ModSecurity 2, libmodsecurity 3 and Coraza by themselves. */
export const history: LogHistory<ModsecurityRecord> = {
  createReader: () => createLogReader({ everyTransaction: true }),
  createMerger: () => new ModsecurityMerger(),
  evidence: (record) => asLogged(attribute(record, noRequest), record),
};

const attribute = createAttributor(() => emptyCatalog);

/** Without a request nothing tells what the engine filled a variable of its own from: it is told as the line has it. */
function asLogged(evidence: Evidence, { hits }: ModsecurityRecord): Evidence {
  const logged = new Map(hits.map(({ ruleId, variable }) => [ruleId, variable]));
  return {
    ...evidence,
    hits: evidence.hits.map((hit) => {
      const variable = hit.variableSource === 'unknown' ? logged.get(hit.ruleId) : undefined;
      return variable === undefined ? hit : { ...hit, variable, variableSource: 'logged' };
    }),
  };
}
