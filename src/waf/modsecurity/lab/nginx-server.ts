import { type ConfigFault, labFiles, type ServerKind, type ServerPlan } from './server-kind.js';

/** nginx with libmodsecurity 3, from Debian's packages. */
export const nginxServer: ServerKind = {
  name: 'nginx',
  engine: 'modsecurity3',
  packages: ['nginx', 'libnginx-mod-http-modsecurity', 'modsecurity-crs'],
  programs: ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/local/nginx/sbin/nginx'],
  moduleFolders: ['/usr/lib/nginx/modules', '/usr/lib64/nginx/modules', '/usr/local/nginx/modules'],
  module: 'ngx_http_modsecurity_module.so',
  unicodeMap: '/etc/nginx/unicode.mapping',
  configuration,
  startArguments: (folder) => ['-e', 'stderr', '-p', folder, '-c', `${folder}/${labFiles.server}`],
  testArguments: (folder) => ['-t', '-q', '-e', 'stderr', '-p', folder, '-c', `${folder}/${labFiles.server}`],
  findFault,
};

/**
 * Rules that match are written at the level `info`. Idle connections to the application are closed before Node.js and
 * its like close them (5 s), or a request could meet a connection that just went away.
 */
function configuration({ port, upstream, errorLog, modules, workers, user }: ServerPlan): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
load_module ${modules}/ngx_http_modsecurity_module.so;
${user === undefined ? '' : `user ${user.name} ${user.group};`}
daemon off;
worker_processes ${workers};
pid nginx.pid;
error_log ${errorLog} info;
events { worker_connections 1024; }
http {
  access_log off;
${temporary.map((name) => `  ${name}_temp_path ${labFiles.scratch}/${name};`).join('\n')}
  client_max_body_size 13107200;
  upstream application {
    server ${authority(upstream)};
    keepalive 16;
    keepalive_timeout 4s;
  }
  server {
    listen 127.0.0.1:${port};
    server_name localhost;
    modsecurity on;
    modsecurity_rules_file ${labFiles.rules};
    location / {
      proxy_pass ${upstream.protocol}//application;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Connection "";
      proxy_ssl_server_name on;
      proxy_ssl_name ${upstream.hostname};
    }
  }
}
`;
}

function authority({ protocol, hostname, port }: URL): string {
  return `${hostname}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`;
}

/**
 * `nginx: [emerg] "modsecurity_rules_file" directive Rules error. File: /rules.conf. Line: 2. Column: 8. Invalid input:
 * SecRul in /tmp/…/server.conf:23`, or without file and line: `… directive Rule id: 949110 is duplicated in …`
 */
function findFault(output: string): ConfigFault {
  const said = /\[emerg\] (?:\S+: )?([\s\S]*?)(?:\s+in \S+:\d+)?\s*(?:\nnginx: .*|$)/.exec(output)?.[1] ?? output;
  const reason = said.replace(/^"modsecurity_rules_file" directive (?:Rules error\. )?/, '').trim();
  const [all = '', file, line, column] = /^File: (.+?)\. Line: (\d+)\. Column: (\d+)\. /.exec(reason) ?? [];
  if (file === undefined) return { reason };
  return { reason: reason.slice(all.length).trim(), place: { file, line: Number(line), column: Number(column) } };
}
