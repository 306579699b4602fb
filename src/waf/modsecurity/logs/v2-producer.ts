/** `ModSecurity for Apache/2.9.7 (http://www.modsecurity.org/)` and `OWASP_CRS/3.3.4`: the versions of engine and rules. */
export function readProducer(parts: readonly string[]): {
  readonly version: string | undefined;
  readonly ruleset: string | undefined;
} {
  const version = parts.map((part) => /^ModSecurity for \w+\/(\d[\w.]*)/.exec(part)?.[1]).find(Boolean);
  const ruleset = parts.map((part) => /^(OWASP_CRS\/\d[\w.-]*?)\.?$/.exec(part.trim())?.[1]).find(Boolean);
  return { version: version === undefined ? undefined : `ModSecurity ${version}`, ruleset };
}
