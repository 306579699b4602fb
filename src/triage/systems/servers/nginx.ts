import { header } from '../../sign.js';
import type { System } from '../../system.js';
import { nginxLog } from './nginx-log.js';
import { nginxLog2 } from './nginx-log-2.js';
import { nginxPages } from './nginx-pages.js';

export const nginxSystem: System = {
  id: 'nginx',
  name: 'nginx',
  layer: 'server',
  source: 'nginx 1.22.1, captured',
  rides: [header('server', /^nginx(?:\/|$)/)],
  refusals: [...nginxLog, ...nginxLog2, ...nginxPages],
  fixes: {
    'path-denied':
      "find the `deny` or `return 403` that covers the location (`nginx -T | grep -n 'deny\\|return 403'`), narrow it to what has to be hidden, `nginx -t`, reload, and request the path again",
    'ip-denied':
      "add `allow ADDRESS;` before the `deny` of that location; behind a proxy set_real_ip_from and real_ip_header first, since nginx sees the proxy's address; `nginx -t`, reload",
    'method-denied': 'add the method to limit_except of that location, `nginx -t`, reload, and send the request again',
    'missing-index': 'deploy the file that `index` names, or post to the script itself; leave autoindex off',
    'file-permission':
      '`namei -l` on the path that the log names, as the user of nginx (www-data): folders 755, files 644; then request it again',
    'symlink-denied': 'serve the real path, or `disable_symlinks if_not_owner` for that location; reload',
    'body-too-large': 'raise client_max_body_size in that location, `nginx -t`, reload, and send the same body again',
    'rate-limited':
      'raise rate or burst of the limit_req zone that the line names for the address of the test machine (a geo map with an empty key), or slow the run down (--rate)',
    'authentication-required':
      'send the credentials that auth_basic_user_file knows; where the file is missing, create it with mode 640 and the group of nginx',
    'client-certificate':
      'send a certificate that ssl_client_certificate signs (`curl --cert … --key …`); `openssl verify -CAfile` tells why one is not accepted',
    'tls-required': 'send to the https URL itself: a redirect would turn a POST into a GET',
    'upstream-down':
      'start what proxy_pass or fastcgi_pass points at, and check address, port or socket and who may open it; then send the request again',
    'method-not-supported':
      'the path is a file or folder to nginx: give the API a location with proxy_pass before it, `nginx -t`, reload',
    'signed-url':
      'make a fresh link with the secret of secure_link_md5 and an expiry in the future; compare the clocks',
    'referer-denied':
      'add the site to valid_referers of that location, reload, and send the request with and without the Referer',
    'host-not-allowed': 'send the Host that server_name has; a proxy before it has to pass it on',
  },
};
