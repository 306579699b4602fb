/** What was seen of a log while a request waited for its entry. */
export interface Seen {
  /** How long it waited, in milliseconds. */
  readonly waitedMs: number;
  /** Entries for other requests. */
  readonly others: number;
  /** Entries with its id that are of other requests. */
  readonly forged: number;
  /** What the log is known to lack. */
  readonly gaps?: string | undefined;
}

/** Why a request has no entry in the WAF's log, in a sentence. */
export function whyMissing({ waitedMs, others, forged, gaps }: Seen): string {
  if (forged > 0) {
    const [which, are] = forged === 1 ? ['the entry', 'is'] : [`all ${forged} entries`, 'are'];
    return `${which} with its id in the WAF's log ${are} of another request: forged`;
  }
  const rest = others === 0 ? 'and none for any other request' : `but ${others} for other requests`;
  const lacking = gaps === undefined ? '' : `; ${gaps}`;
  return `within ${Math.round(waitedMs)} ms of the answer the WAF's log had no entry for this request, ${rest}${lacking}`;
}
