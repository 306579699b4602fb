import type { WafSession } from '../contract/waf.js';
import { createJoiner, type Joiner } from '../evidence/joiner.js';
import type { TargetOptions } from '../model/target-options.js';
import type { CorrelationIds } from '../replay/correlation-ids.js';

/** Begins to read the log of a target. How long an entry is waited for is as the user says, or else as the log is. */
export function startJoiner(
  { source, merger, requestIdOf }: Pick<WafSession, 'source' | 'merger' | 'requestIdOf'>,
  { logWaitMs }: Pick<TargetOptions, 'logWaitMs'>,
  ids?: CorrelationIds,
): Joiner {
  return createJoiner({
    source,
    ...(merger !== undefined && { merger }),
    ...(requestIdOf !== undefined && { joinsByRequestId: true }),
    ...(ids !== undefined && { isOurs: (id: string) => !id.startsWith(ids.prefix) || ids.isOurs(id) }),
    ...(logWaitMs !== undefined && { waitMs: logWaitMs }),
  });
}
