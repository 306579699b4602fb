import type { InitOptions } from '../../model/init-options.js';

/** A config with one target. */
export function firstConfig({ url = 'http://localhost:8080', log = 'audit.log', webAcl }: InitOptions): string {
  const waf =
    webAcl === undefined
      ? `{ kind: modsecurity, log: ${plain(log)} }`
      : `{ kind: aws, webAcl: ${plain(webAcl)}, samples: true }`;
  return `# Where cases are sent. "wafproof run --target staging" uses the first one.
targets:
  staging:
    url: ${plain(url)}
    waf: ${waf}
    limits: { connections: 8 }
    attacks: false
suites: [suites/**/*.yaml]
`;
}

/** Text as a value of YAML, in a flow mapping too: as it is where nothing in it has a meaning, else as JSON writes it. */
function plain(text: string): string {
  return /^[\w./][\w./:@-]*$/.test(text) && !/:$/.test(text) ? text : JSON.stringify(text);
}
