import { formatVariable } from '../../model/evidence.js';
import type { CheckOptions } from '../../model/options.js';
import type { CaseResult } from '../../model/report.js';
import type { CapturedRequest } from '../../record/captured-request.js';
import { cleanRequest } from '../../record/clean.js';
import { meantRequest } from '../../record/meant-request.js';
import { countedIds } from '../../replay/correlation-ids.js';
import { correlated, withHost } from '../../request/complete-request.js';
import { encodeRequest } from '../../request/encode-request.js';
import { nameSome } from '../../util/name-some.js';
import { judgeCase } from '../assemble-report.js';
import { openCheckEngine } from '../check.js';
import type { World } from '../world.js';

/** Tells of requests as they go by what a WAF that blocks would do. */
export interface LiveCheck {
  /** Which rules would refuse a request, and at which fields; nothing where it would pass, or cannot be asked. */
  refusalOf(request: CapturedRequest): Promise<string | undefined>;
  close(): Promise<void>;
}

/** @throws WafproofError as `check`, where no engine can be had */
export async function openLiveCheck(options: Omit<CheckOptions, 'suites'>, world: World): Promise<LiveCheck> {
  const { waf, engine, close } = await openCheckEngine({ ...options, suites: [] }, world);
  world.progress.end();
  const ids = countedIds('live');
  const refusalOf = async (request: CapturedRequest) => {
    if (request.body.kind === 'missing' || request.cause === 'socket') return undefined;
    const spec = meantRequest(cleanRequest(request));
    const id = ids.next();
    const evaluated = await engine.evaluate(correlated(encodeRequest(withHost(spec, 'localhost')), id), id);
    const sent = {
      id,
      suite: '',
      intent: 'legitimate',
      tags: [],
      at: request.place,
      request: spec,
      ...nothingElse,
    } as const;
    return describeRefusal(judgeCase({ sent, ...evaluated }, undefined, waf.fields));
  };
  return { refusalOf, close };
}

const nothingElse = { expect: {}, secrets: [], sessionValues: [] } as const;

/** Names of rules and fields alone: what stands in a field may be a secret. */
function describeRefusal({ verdict, hits, score }: CaseResult): string | undefined {
  if (verdict.kind !== 'false-positive') return undefined;
  const rules = [...new Set(hits.map(({ ruleId, variable }) => `${ruleId} at ${formatVariable(variable)}`))];
  const points = score?.inbound === undefined ? '' : ` (${score.inbound} points of ${score.threshold})`;
  return `a WAF would refuse it: ${rules.length === 0 ? 'no rule is named' : nameSome(rules)}${points}`;
}
