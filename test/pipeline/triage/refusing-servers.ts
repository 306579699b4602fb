import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeLabFolder } from '../../../src/lab/lab-folder.js';
import { startServerProcess } from '../../../src/lab/server-process.js';
import { findWorkerUser } from '../../../src/lab/worker-user.js';
import { serverPort } from '../../lab/server-port.js';
import { leaveOut } from '../../waf/modsecurity/lab/server-fixture.js';
import { startApplication } from './refusing-application.js';

export const hasHaproxy = existsSync('/usr/sbin/haproxy');

/** In CI a server that is missing makes its tests fail; elsewhere they are left out. */
export const leaveOutServers = leaveOut('apache') || leaveOut('nginx');

/** Where each way to refuse listens. */
export interface RefusingServers {
  readonly ports: Readonly<Record<ServerSite, number>>;
  close(): Promise<void>;
}

const sites = [
  'application',
  'apache',
  'apacheWaf',
  'apacheWafHere',
  'nginx',
  'nginxWaf',
  'nginxAgent',
  'nginxAddress',
  'nginxMethod',
  'nginxKey',
  'nginxFallback',
  'nginxFallbackWaf',
  'nginxQuery',
  'nginxReading',
  'apacheRules',
  'haproxy',
  'haproxyBan',
] as const;
export type ServerSite = (typeof sites)[number];

type Ports = Readonly<Record<ServerSite, number>>;

/** Apache, nginx and HAProxy in front of one application, each with several ways to refuse, and ModSecurity in the first two. */
export async function startRefusingServers(): Promise<RefusingServers> {
  const application = await startApplication();
  const user = await findWorkerUser();
  const folder = await makeLabFolder(user);
  const ports = await portsFor(application.port);
  const apache = apacheConfiguration(ports, folder.path, user?.name, user?.group);
  await mkdir(join(folder.path, 'www', 'files'), { recursive: true });
  await writeFile(join(folder.path, 'www', 'files', 'secret.html'), 'secret');
  await chmod(join(folder.path, 'www', 'files', 'secret.html'), 0o000);
  await folder.write('apache.conf', apache);
  await folder.write('nginx.conf', nginxConfiguration(ports, folder.path, user?.name, user?.group));
  await folder.write('modsecurity3.conf', modsecurity3(folder.path));
  await folder.write('haproxy.cfg', haproxyConfiguration(ports));
  const at = folder.path;
  const commands = [
    ['/usr/sbin/apache2', '-d', at, '-f', 'apache.conf', '-DFOREGROUND'],
    ['/usr/sbin/nginx', '-e', 'stderr', '-p', at, '-c', `${at}/nginx.conf`],
    ...(hasHaproxy ? [['/usr/sbin/haproxy', '-db', '-f', `${at}/haproxy.cfg`]] : []),
  ];
  const started = commands.map((command) => startServerProcess(command, at));
  const up = [
    ports.apache,
    ports.apacheWafHere,
    ports.nginx,
    ports.nginxQuery,
    ...(hasHaproxy ? [ports.haproxyBan] : []),
  ];
  await Promise.all(up.map((port) => answers(port, () => started.map((server) => server.output()).join('\n'))));
  return {
    ports,
    close: async () => {
      await Promise.all(started.map((server) => server.stop()));
      await application.close();
    },
  };
}

async function portsFor(application: number): Promise<Ports> {
  const chosen = await Promise.all(sites.map(async (site) => [site, await serverPort()] as const));
  return { ...(Object.fromEntries(chosen) as Ports), application };
}

/** Waits until a server is up. */
async function answers(port: number, output: () => string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await isUp(port)) return;
    await sleep(100);
  }
  throw new Error(`nothing answers on port ${port}: ${output()}`);
}

function isUp(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asking = request({ host: '127.0.0.1', port, path: '/open' }, (response) => {
      response.resume();
      response.on('end', () => resolve(true));
    });
    asking.on('error', () => resolve(false));
    asking.end();
  });
}

const rules = `SecRuleEngine On
SecRequestBodyAccess On
SecAuditEngine Off
SecRule REQUEST_HEADERS:Content-Type "^application/json" "id:200001,phase:1,t:none,t:lowercase,pass,nolog,ctl:requestBodyProcessor=JSON"
Include /etc/modsecurity/crs/crs-setup.conf
Include /usr/share/modsecurity-crs/rules/*.conf`;

/** Rules about one part of a request each. */
const ownRules = `SecRuleEngine On
SecRequestBodyAccess On
SecResponseBodyAccess On
SecAuditEngine Off
SecRule REQUEST_HEADERS:Content-Type "^application/json" "id:1,phase:1,pass,nolog,ctl:requestBodyProcessor=JSON"
SecRule ARGS_NAMES "__proto__" "id:2,phase:2,deny,status:403"
SecRule REQUEST_COOKIES:pref "evil" "id:3,phase:1,deny,status:403"
SecRule REQUEST_FILENAME|REQUEST_COOKIES "\\.bak$" "id:4,phase:1,deny,status:403"
SecRule REQUEST_HEADERS:Host "^bad\\." "id:5,phase:1,deny,status:403"
SecRule RESPONSE_BODY "SQL syntax" "id:6,phase:4,deny,status:403"
SecRule REQUEST_HEADERS:X-Scanner "." "id:7,phase:1,deny,status:403"
SecRule REQUEST_HEADERS:Content-Length "@gt 5000" "id:8,phase:1,deny,status:403"
SecRule FILES "\\.php$" "id:9,phase:2,deny,status:403"`;

function apacheConfiguration(ports: Ports, folder: string, user = 'www-data', group = 'www-data'): string {
  const application = `http://127.0.0.1:${ports.application}/`;
  const modules = [
    'mpm_event',
    'authz_core',
    'authz_host',
    'dir',
    'mime',
    'rewrite',
    'proxy',
    'proxy_http',
    'unique_id',
    'security2',
  ];
  return `${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
DefaultRuntimeDir .
PidFile apache.pid
Mutex file:tmp default
User ${user}
Group ${group}
ServerName localhost
${[ports.apache, ports.apacheWaf, ports.apacheWafHere, ports.apacheRules].map((port) => `Listen 127.0.0.1:${port}`).join('\n')}
ErrorLog /dev/null
TypesConfig /etc/mime.types
StartServers 1
ProxyPreserveHost On
SecTmpDir ${folder}/tmp
SecDataDir ${folder}/tmp
<VirtualHost 127.0.0.1:${ports.apache}>
 DocumentRoot ${folder}/www
 <Directory ${folder}/www>
  Require all granted
 </Directory>
 ProxyPass /files/ !
 ProxyPass / ${application} ttl=4
 <Location /denied>
  Require all denied
 </Location>
 <Location /address>
  Require ip 127.0.0.2
 </Location>
 <Location /open>
  <LimitExcept GET HEAD>
   Require all denied
  </LimitExcept>
 </Location>
 RewriteEngine On
 RewriteCond %{HTTP_USER_AGENT} curl [NC]
 RewriteRule ^/agent - [F]
 RewriteCond %{HTTP_REFERER} !^http://staging\\.test
 RewriteRule ^/referer - [F]
 RewriteCond %{HTTP:Content-Type} !^application/json
 RewriteCond %{REQUEST_METHOD} POST
 RewriteRule ^/type - [F]
</VirtualHost>
<VirtualHost 127.0.0.1:${ports.apacheWaf}>
 ProxyPass / ${application} ttl=4
 ${rules.replaceAll('\n', '\n ')}
</VirtualHost>
<VirtualHost 127.0.0.1:${ports.apacheWafHere}>
 ProxyPass / ${application} ttl=4
 ${rules.replaceAll('\n', '\n ')}
 <LocationMatch "^/(?!open$)">
  SecRuleEngine Off
 </LocationMatch>
</VirtualHost>
<VirtualHost 127.0.0.1:${ports.apacheRules}>
 ProxyPass / ${application} ttl=4
 ${ownRules.replaceAll('\n', '\n ')}
</VirtualHost>
`;
}

function modsecurity3(folder: string): string {
  return `${rules}\nSecTmpDir ${folder}/tmp\nSecDataDir ${folder}/tmp\n`;
}

function nginxConfiguration(ports: Ports, folder: string, user = 'www-data', group = 'www-data'): string {
  const application = `proxy_pass http://127.0.0.1:${ports.application}; proxy_set_header Host $http_host;`;
  const to = (port: number) => `proxy_pass http://127.0.0.1:${port}; proxy_set_header Host $http_host;`;
  const fallback = 'proxy_intercept_errors on; error_page 404 =200 @spa;';
  const page = 'location @spa { return 200 "<div id=app></div>"; }';
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const server = (port: number, text: string) => `server { listen 127.0.0.1:${port}; ${text} }`;
  return `load_module /usr/lib/nginx/modules/ngx_http_modsecurity_module.so;
user ${user} ${group};
daemon off;
worker_processes 1;
pid nginx.pid;
error_log /dev/null;
events { worker_connections 512; }
http {
 access_log off;
 ${temporary.map((name) => `${name}_temp_path tmp/${name};`).join('\n ')}
 limit_req_zone $binary_remote_addr zone=one:1m rate=30r/m;
 map $http_user_agent $is_bad { default 0; ~*curl 1; }
 ${server(
   ports.nginx,
   `location / { ${application} }
  location = /denied { deny all; }
  location = /limit { limit_except GET { deny all; } ${application} }
  location /closed/ { deny all; }
  location /pictures/ { valid_referers none blocked shop.example; if ($invalid_referer) { return 403; } ${application} }
  location = /cookie { if ($http_cookie ~ evil) { return 403; } ${application} }
  location = /agent { if ($is_bad) { return 403; } ${application} }
  location = /rate { limit_req zone=one; limit_req_status 403; proxy_pass http://127.0.0.1:${ports.application}/open; }`,
 )}
 ${server(ports.nginxWaf, `modsecurity on; modsecurity_rules_file ${folder}/modsecurity3.conf; location / { ${application} }`)}
 ${server(ports.nginxAgent, `if ($is_bad) { return 403; } location / { ${application} }`)}
 ${server(ports.nginxAddress, `allow 127.0.0.2; deny all; location / { ${application} }`)}
 ${server(ports.nginxMethod, `location / { if ($request_method = POST) { return 403; } ${application} }`)}
 ${server(ports.nginxKey, `location / { if ($http_x_api_key = "") { return 403; } ${application} }`)}
 ${server(ports.nginxFallback, `location / { ${application} ${fallback} } ${page}`)}
 ${server(ports.nginxFallbackWaf, `location / { ${to(ports.apacheWaf)} ${fallback} } ${page}`)}
 ${server(ports.nginxReading, `if ($request_method = POST) { return 403; } if ($args ~ "etc/passwd") { return 403; } location / { ${application} }`)}
 ${server(ports.nginxQuery, `location / { if ($args ~ "etc/passwd") { return 403; } ${application} }`)}
}
`;
}

function haproxyConfiguration(ports: Ports): string {
  return `defaults
 mode http
 timeout connect 2s
 timeout client 20s
 timeout server 20s
frontend refusing
 bind 127.0.0.1:${ports.haproxy}
 option http-buffer-request
 http-request deny if { path /open/denied }
 http-request deny if { path /open/limit } METH_POST
 http-request deny if { path /open/key } !{ hdr(x-api-key) -m found }
 http-request deny if { path /open/body } { req.body -m sub select }
 default_backend application
frontend banning
 bind 127.0.0.1:${ports.haproxyBan}
 stick-table type ip size 1k expire 20s store http_err_cnt
 http-request track-sc0 src
 http-request deny if { sc_http_err_cnt(0) gt 1 }
 http-request deny if { path /open/denied }
 default_backend application
backend application
 http-request replace-path /open/.* /open
 server one 127.0.0.1:${ports.application}
`;
}
