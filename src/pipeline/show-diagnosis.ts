import type { Diagnosis } from '../model/diagnosis.js';
import { renderDiagnosis, type TableOptions } from '../report/terminal/doctor-table.js';

/** What the doctor found, as text for a terminal. */
export function showDiagnosis(diagnosis: Diagnosis, options: TableOptions): string {
  return renderDiagnosis(diagnosis, options);
}
