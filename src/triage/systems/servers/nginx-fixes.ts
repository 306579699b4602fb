import type { Fixes } from '../../system.js';

/** What to change in nginx, and in servers derived from it. */
export const nginxFixes: Fixes = {
  'business-rule':
    'the file has changed, or is there already (If-Match, If-Unmodified-Since, DAV): read it first with a HEAD, and send the request for what is there',
  'content-type-denied':
    'dav_methods takes whole bodies only: send it without Content-Range, or to the location that has proxy_pass (`nginx -T | grep -n dav_methods`)',
  quota:
    '`df -h` of the folder of root and of client_body_temp_path: free space, or have another disk for it; then send the request again',
  'not-found':
    '`nginx -T` shows which location takes the path, and its root, alias and try_files; `open() … failed (2:` in the error log has the file that was looked for; then request it again',
  'malformed-request':
    '`error_log … info` says what is wrong with the request; for long headers raise large_client_header_buffers in the server block, for names with underscores see underscores_in_headers; `nginx -t`, reload, and send the same bytes again',
  subscription:
    'find the `return 402` that covers the location (`nginx -T | grep -n "return 402"`) and what its map or variable asks for; then send the request again',
  'connection-dropped':
    'the request came more slowly than client_header_timeout or client_body_timeout allows, or a `return 444` covers it (`nginx -T | grep -n 444`): raise or narrow it, `nginx -t`, reload, and send the request again',
  'internal-error':
    'the error log at that time says what failed (a rewrite in a circle, a missing file of auth_basic, an upstream): mend that, `nginx -t`, reload, and send the request again',
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
  'tls-required':
    'send to the https URL itself (`nginx -T | grep -n ssl` shows the listen that has it): a redirect would turn a POST into a GET',
  'upstream-down':
    'start what proxy_pass or fastcgi_pass points at, and check address, port or socket and who may open it; then send the request again',
  'method-not-supported':
    'the path is a file or folder to nginx: give the API a location with proxy_pass before it, `nginx -t`, reload',
  'signed-url': 'make a fresh link with the secret of secure_link_md5 and an expiry in the future; compare the clocks',
  'referer-denied':
    'add the site to valid_referers of that location, reload, and send the request with and without the Referer',
  'host-not-allowed': 'send the Host that server_name has; a proxy before it has to pass it on',
};
