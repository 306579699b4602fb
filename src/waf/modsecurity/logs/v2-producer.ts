import { asText } from './escapes.js';

type Producer = ReturnType<typeof readProducer>;

/** A log has one producer, as a rule. */
let last: { readonly line: string; readonly producer: Producer } = { line: '', producer: readProducer([]) };

/** `ModSecurity for Apache/2.9.7 (http://www.modsecurity.org/); OWASP_CRS/3.3.4.` */
export function readProducerLine(line: string): Producer {
  if (line !== last.line) last = { line, producer: readProducer(line.split(';').map((part) => asText(part.trim()))) };
  return last.producer;
}

/**
 * `ModSecurity for Apache/2.9.7 (http://www.modsecurity.org/)` and `OWASP_CRS/3.3.4`: the versions of engine and rules, and
 * what the engine is built into.
 */
export function readProducer(parts: readonly string[]): {
  readonly version: string | undefined;
  readonly ruleset: string | undefined;
  readonly connector: string | undefined;
} {
  const engine = parts.map((part) => /^ModSecurity for [\w ]+\/(\d[\w.]*)/.exec(part)).find((found) => found !== null);
  const components = parts.map((part) => part.trim().replace(/\.$/, '')).filter(isComponent);
  const ruleset = components.find((part) => /^OWASP_CRS\/\d[\w.-]*$/.test(part)) ?? components[0];
  const version = engine === undefined ? undefined : `ModSecurity ${engine[1]}`;
  return { version, ruleset, connector: engine?.[0] };
}

/** What rules say of themselves with SecComponentSignature. */
function isComponent(part: string): boolean {
  return part !== '' && !part.startsWith('ModSecurity for ');
}
