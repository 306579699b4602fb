import { header } from '../../sign.js';
import type { System } from '../../system.js';
import { apacheLogAccess } from './apache-log-access.js';
import { apacheLogFiles } from './apache-log-files.js';
import { apacheLogModules } from './apache-log-modules.js';
import { apacheLogRequests } from './apache-log-requests.js';
import { apacheLogTls } from './apache-log-tls.js';
import { apacheLogUpstream } from './apache-log-upstream.js';
import { apachePages } from './apache-pages.js';

export const apacheSystem: System = {
  id: 'apache',
  name: 'Apache httpd',
  layer: 'server',
  source: 'Apache httpd 2.4.71, captured',
  rides: [header('server', /^Apache(?!-Coyote)/)],
  refusals: [
    ...apacheLogAccess,
    ...apacheLogFiles,
    ...apacheLogTls,
    ...apacheLogRequests,
    ...apacheLogUpstream,
    ...apacheLogModules,
    ...apachePages,
  ],
  fixes: {
    'business-rule':
      'the file has changed since (If-Match, If-Unmodified-Since): read it first with a HEAD, and send the request for what is there',
    'malformed-request':
      'the error log line (`tail -f /var/log/apache2/error.log`) names what is wrong: for a long line raise LimitRequestLine or LimitRequestFieldSize in the virtual host, for odd methods or spaces look at HttpProtocolOptions; `apachectl configtest`, reload, and send the same bytes again',
    'method-not-supported':
      'the path is a file to Apache: give it a ProxyPass or a handler (SetHandler, ScriptAlias) that takes the method; `apachectl -S` shows the virtual host, `curl -X OPTIONS` what it allows; then send the request again',
    'not-found':
      '`apachectl -S` shows the virtual host and its DocumentRoot; compare Alias, RewriteRule and FallbackResource with the path, and look that `AllowOverride` lets .htaccess in; then request it again',
    'content-type-denied':
      'Accept asks for what MultiViews does not have: add the variant or AddType for the file, or `Options -MultiViews` in that Directory; send it again with `Accept: */*` to see',
    'internal-error':
      'the error log at that time names the directive or script: mend it, `apachectl configtest`, and send the request again',
    'connection-dropped':
      'the request came more slowly than RequestReadTimeout allows: raise it for the virtual host, or send faster; then send the request again',
    'path-denied':
      "find the directive that covers the path (`grep -rn 'Require\\|Deny from' /etc/apache2 /var/www --include=*.conf --include=.htaccess`; `LogLevel authz_core:debug` prints it), narrow it to what has to be hidden, `apachectl configtest`, reload, and request the path again",
    'ip-denied':
      "add the address to the `Require ip` of that <Location> or <Directory>; behind a proxy set RemoteIPHeader and RemoteIPInternalProxy (mod_remoteip) first, since Apache sees the proxy's address; reload and send the request again",
    'method-denied':
      'add the method to <LimitExcept> or AllowMethods of that <Location>, reload, and send the request again; a method that is not listed has to stay refused',
    'missing-index':
      'deploy the index file that DirectoryIndex names, or post to the script itself; leave `Options -Indexes` as it is',
    'file-permission':
      '`namei -l` on the path that the log names, as the user of Apache (www-data): folders 755, files 644, owner the deploying user; then request it again',
    'symlink-denied':
      'serve the real path, or set `Options +SymLinksIfOwnerMatch` for that <Directory> only; then request the link again',
    'script-not-executable':
      'chmod 755 the script, and `Options +ExecCGI` with an AddHandler for that <Directory> only; run it once by hand as www-data',
    'authentication-required':
      'send the credentials that AuthUserFile knows (`htpasswd -v` checks them), from an environment variable',
    'not-authorized':
      'add the user to the group or the `Require user` line of that <Location>; AH01631 in the error log names the user',
    'tls-required':
      'send to the https URL itself, since SSLRequireSSL covers the path: a redirect would turn a POST into a GET',
    'client-certificate':
      'send a certificate that SSLCACertificateFile signs (`curl --cert … --key …`); ask for it in the whole <VirtualHost> (SSLVerifyClient), since clients without TLS 1.3 post-handshake authentication cannot answer in a <Location>',
    'upstream-down':
      'start what ProxyPass points at, and check address and port there (`curl -v` from the server itself)',
    'rate-limited':
      'raise DOSPageCount and DOSSiteCount for the test machine (DOSWhitelist), and slow the run down (--rate)',
    'body-too-large':
      'raise LimitRequestBody (or LimitRequestFieldSize for headers) in that <Location>, reload, and send the same body again',
    'host-not-allowed': 'send the name of the site in SNI and Host (`curl --resolve`), or add it as ServerAlias',
    'referer-denied':
      'add the site to the SetEnvIf Referer or RewriteCond %{HTTP_REFERER} line of that folder, reload, and send the request with and without the Referer',
  },
};
