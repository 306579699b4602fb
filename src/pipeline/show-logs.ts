import type { LogsSummary } from '../model/logs.js';
import { type LogsTextOptions, renderLogs } from '../report/terminal/logs-text.js';

export type { LogsTextOptions };

/** What logs tell, as text for a terminal. */
export function showLogs(summary: LogsSummary, options: LogsTextOptions): string {
  return renderLogs(summary, options);
}
