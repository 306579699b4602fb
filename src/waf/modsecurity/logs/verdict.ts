/** What the engine did when a rule matched, as the begin of the rule's line tells. */
export interface LineVerdict {
  readonly denied: boolean;
  readonly status?: number;
  readonly phase?: number;
  /** What follows. */
  readonly rest: string;
}

const denied =
  /^(?:Access denied(?: with (?:code (\d+)|redirection to \S* using status (\d+)|connection close)| using proxy to \S*)?|Access (?:dropped|redirected)|Custom disruptive action triggered) \(phase (\d)\)\. /;
const allowed = /^Access allowed \(phase \d\)\. /;
const warning = 'Warning. ';
/** Comes after the answer: nothing can be refused there, whatever Coraza says of rules in it. */
const loggingPhase = '5';

/**
 * Reads the begin of a rule's line. ModSecurity: `Warning. …`, `Access denied with code 403 (phase 2). …`, `Access denied
 * with connection close (phase 2). …`, `Access denied with redirection to http://… using status 302 (phase 2). …`.
 * Coraza: `Access denied (phase 2). …`, `Access dropped …`, `Access redirected …`. Nothing for other words of the engine.
 */
export function parseVerdict(line: string): LineVerdict | undefined {
  if (line.startsWith(warning)) return { denied: false, rest: line.slice(warning.length) };
  const refusal = denied.exec(line);
  if (refusal !== null) {
    const [whole, code, redirect, phase] = refusal;
    const status = code ?? redirect;
    return {
      denied: phase !== loggingPhase,
      ...(status !== undefined && { status: Number(status) }),
      phase: Number(phase),
      rest: line.slice(whole.length),
    };
  }
  const notice = allowed.exec(line);
  return notice === null ? undefined : { denied: false, rest: line.slice(notice[0].length) };
}
