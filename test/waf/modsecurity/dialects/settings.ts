import { load } from 'js-yaml';
import { z } from 'zod';
import { dialectOf } from '../../../../src/waf/modsecurity/dialects/dialects.js';
import type { RuleDialect } from '../../../../src/waf/modsecurity/dialects/rule-dialect.js';
import { builtCaddy, leaveOutCoraza } from '../../../coraza/caddy-build.js';
import { leaveOut, type ServerName } from '../lab/server-fixture.js';
import { type Server, startCaddy, startServer } from './servers.js';

/** Files of a dialect go into the server as a user would put it there. */
export interface Setting {
  readonly on: ServerName | 'caddy';
  readonly dialect: RuleDialect;
  start(files: Readonly<Record<string, string>>): Promise<Server>;
}

const pair = ['REQUEST-900-EXCLUSION-RULES-BEFORE-CRS.conf', 'RESPONSE-999-EXCLUSION-RULES-AFTER-CRS.conf'] as const;

function around(on: ServerName, dialect: RuleDialect, before: readonly string[], after: readonly string[]): Setting {
  const texts = (files: Readonly<Record<string, string>>, names: readonly string[]) =>
    names.map((name) => files[name] ?? `no ${name}`);
  return {
    on,
    dialect,
    start: (files) => startServer(on, { before: texts(files, before), after: texts(files, after) }),
  };
}

function inside(
  on: ServerName,
  dialect: RuleDialect,
  server: (files: Readonly<Record<string, string>>) => string,
): Setting {
  const beside = { 'wafproof-upstream.conf': 'proxy_pass http://application;\nproxy_set_header Host $http_host;\n' };
  return { on, dialect, start: (files) => startServer(on, { server: server(files), beside }) };
}

function dialect(name: string, ...engines: Parameters<typeof dialectOf>[1]): RuleDialect {
  const found = dialectOf(name, engines);
  if (found === undefined) throw new Error(`no dialect ${name}`);
  return found;
}

/** What the controller makes of annotations, in the location of an Ingress. */
function ingressLocation(yaml = ''): string {
  const { metadata } = z
    .object({ metadata: z.object({ annotations: z.record(z.string(), z.string()) }) })
    .parse(load(yaml));
  const { [`${prefix}/modsecurity-snippet`]: rules = '', [`${prefix}/configuration-snippet`]: more = '' } =
    metadata.annotations;
  return `modsecurity_rules '\n${rules}\n';\n${more}`;
}

const prefix = 'nginx.ingress.kubernetes.io';
const every = ['modsecurity2', 'modsecurity3', 'coraza'] as const;
const plugin = [
  ['plugins/wafproof-config.conf', 'plugins/wafproof-before.conf'],
  ['plugins/wafproof-after.conf'],
] as const;

export const settings: Readonly<Record<string, Setting>> = {
  'modsecurity for version 2': around('apache', dialect('modsecurity', 'modsecurity2'), [pair[0]], [pair[1]]),
  'modsecurity for version 3': around('nginx', dialect('modsecurity', 'modsecurity3'), [pair[0]], [pair[1]]),
  'modsecurity for every engine on version 2': around('apache', dialect('modsecurity', ...every), [pair[0]], [pair[1]]),
  'modsecurity for every engine on version 3': around('nginx', dialect('modsecurity', ...every), [pair[0]], [pair[1]]),
  'crs-plugin for version 2': around('apache', dialect('crs-plugin', 'modsecurity2'), ...plugin),
  'crs-plugin for version 3': around('nginx', dialect('crs-plugin', 'modsecurity3'), ...plugin),
  'apache-location': inside(
    'apache',
    dialect('apache-location', 'modsecurity2'),
    (files) => files['wafproof-locations.conf'] ?? '',
  ),
  'nginx-location': inside(
    'nginx',
    dialect('nginx-location', 'modsecurity3'),
    (files) => files['wafproof-locations.conf'] ?? '',
  ),
  'ingress-nginx': inside('nginx', dialect('ingress-nginx', 'modsecurity3'), (files) =>
    ingressLocation(files['ingress-patch.yaml']),
  ),
  coraza: {
    on: 'caddy',
    dialect: dialect('coraza', 'coraza'),
    start: async (files) => startCaddy(await builtCaddy(), files['Caddyfile'] ?? '', 'wafproof'),
  },
  'modsecurity for every engine on Coraza': {
    on: 'caddy',
    dialect: dialect('modsecurity', ...every),
    start: async (files) => startCaddy(await builtCaddy(), caddyfile(files[pair[0]], files[pair[1]]), 'waf'),
  },
};

export function caddyfile(before = '', after = ''): string {
  return `(waf) {
coraza_waf {
load_owasp_crs
directives \`
Include @coraza.conf-recommended
Include @crs-setup.conf.example
SecRuleEngine On
${before}
Include @owasp_crs/*.conf
${after}
\`
}
}
`;
}

export function leaveOutSetting(on: Setting['on']): boolean {
  return on === 'caddy' ? leaveOutCoraza() : leaveOut(on);
}
