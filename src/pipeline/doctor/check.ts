import type { CheckStatus, DoctorCheck } from '../../model/diagnosis.js';

/** Every check, by its id, in the order in which they depend on one another. */
export const checkTitles = {
  reachable: 'The target answers',
  log: "The WAF's log can be read",
  'log-entry': 'Requests are found in the log',
  header: 'X-Wafproof-Id arrives unchanged',
  benign: 'A harmless request passes',
  attack: 'An attack is detected',
  rules: 'Rules are loaded',
  engine: 'The engine is known',
  settings: 'Paranoia level and threshold are known',
  truncation: 'The log keeps long values',
  body: 'The largest case fits',
  clock: 'The clocks agree',
} as const;

export type CheckId = keyof typeof checkTitles;

/** What one check found; absent `fix` where there is nothing to do. */
export type CheckOutcome = Pick<DoctorCheck, 'status' | 'detail' | 'fix'>;

export const ok = (detail: string): CheckOutcome => found('ok', detail);
export const warning = (detail: string, fix?: string): CheckOutcome => found('warning', detail, fix);
export const failed = (detail: string, fix: string): CheckOutcome => found('failed', detail, fix);
export const skipped = (detail: string): CheckOutcome => found('skipped', detail);

function found(status: CheckStatus, detail: string, fix?: string): CheckOutcome {
  return { status, detail, ...(fix !== undefined && { fix }) };
}

/** Where what is to do is written in full. */
export const printSetup = '"wafproof doctor --print-setup" prints the configuration';
