/** Who wrote a line, by its form. */
export type LogKind = 'access' | 'apache-error' | 'nginx-error';

/**
 * A line of a log, taken apart. What a client sends stands in fields of its own (`request`, `agent`, `referer`), so that no
 * text of an attacker is read as a `message`.
 */
export interface LogLine {
  readonly kind: LogKind;
  /** The line as it is in the log. */
  readonly text: string;
  /** The parts of the line that this kind has: `message`, `status`, `client`, `agent`, … */
  readonly fields: Readonly<Record<string, string>>;
}
