import type { Triage } from '../model/triage.js';
import { renderTriage, type TriageTextOptions } from '../report/terminal/triage-text.js';

/** Who refused a request and why, as text for a terminal. */
export function showTriage(triage: Triage, options: TriageTextOptions): string {
  return renderTriage(triage, options);
}
