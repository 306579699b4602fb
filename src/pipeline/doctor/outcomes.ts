import type { CheckOutcome } from '../../contract/check.js';
import type { CheckStatus } from '../../model/diagnosis.js';

export const ok = (detail: string): CheckOutcome => found('ok', detail);
export const warning = (detail: string, fix?: string): CheckOutcome => found('warning', detail, fix);
export const failed = (detail: string, fix: string): CheckOutcome => found('failed', detail, fix);
export const skipped = (detail: string): CheckOutcome => found('skipped', detail);

function found(status: CheckStatus, detail: string, fix?: string): CheckOutcome {
  return { status, detail, ...(fix !== undefined && { fix }) };
}
