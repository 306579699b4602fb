import { type ConfigFault, labFiles, type ServerKind, type ServerPlan } from './server-kind.js';

/** Apache with ModSecurity 2, from Debian's packages. */
export const apacheServer: ServerKind = {
  name: 'Apache',
  engine: 'modsecurity2',
  packages: ['apache2-bin', 'libapache2-mod-security2', 'modsecurity-crs'],
  programs: ['/usr/sbin/apache2', '/usr/sbin/httpd', '/usr/local/sbin/httpd'],
  moduleFolders: ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules', '/usr/local/libexec/apache2'],
  module: 'mod_security2.so',
  unicodeMap: '/etc/modsecurity/unicode.mapping',
  configuration,
  startArguments: (folder) => ['-d', folder, '-f', labFiles.server, '-DFOREGROUND'],
  testArguments: (folder) => ['-d', folder, '-f', labFiles.server, '-t'],
  findFault,
};

/**
 * No connection is closed, and no worker process ended, for want of use: one that closes under a POST takes the verdict
 * along.
 * The path reaches the application as the client wrote it (`nocanon`, `NoDecode`). Idle connections to the application
 * are closed before Node.js and its like close them (5 s).
 */
function configuration({ port, upstream, errorLog, modules, workers, user }: ServerPlan): string {
  const https = upstream.protocol === 'https:';
  const names = ['mpm_event', 'unique_id', 'authz_core', 'proxy', 'proxy_http', 'security2', ...(https ? ['ssl'] : [])];
  return `
${names.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
DefaultRuntimeDir .
PidFile apache.pid
Mutex file:${labFiles.scratch} default
${user === undefined ? '' : `User ${user.name}\nGroup ${user.group}`}
ServerName localhost
Listen 127.0.0.1:${port}
StartServers ${workers}
ServerLimit ${workers}
ThreadLimit 128
ThreadsPerChild 128
MaxRequestWorkers ${128 * workers}
MaxSpareThreads ${128 * workers}
KeepAliveTimeout 60
MaxKeepAliveRequests 0
ErrorLog ${errorLog}
LogLevel notice
AllowEncodedSlashes NoDecode
ProxyPreserveHost On
${https ? 'SSLProxyEngine On' : ''}
ProxyPass / ${upstream.origin}/ nocanon ttl=4
Include ${labFiles.rules}
`;
}

/** `AH00526: Syntax error on line 2 of /rules.conf:`, and on the next line what is wrong. */
function findFault(output: string): ConfigFault {
  const [, line, file, reason] = /Syntax error on line (\d+) of (.+):\n([\s\S]*?)\s*$/.exec(output) ?? [];
  return file === undefined || reason === undefined
    ? { reason: output }
    : { reason, place: { file, line: Number(line) } };
}
