/** What is known of a recorded refusal, whatever its material shows. */
export interface CaptureLabel {
  /** The folder of `test/fixtures/triage`. */
  readonly capture: string;
  /** `layer/cause`: who refused it and why. */
  readonly truth: string;
  /** Whether answer, command and logs together tell it; else the truth is to be among the first alternatives. */
  readonly told: boolean;
  /** Other answers that are right as well: what the material says is less than what is known. */
  readonly also: readonly string[];
}

/** The captures, who refused each of them, and other answers that are right. `?` stands where the material does not tell. */
const rows = `
apache/require-all-denied server/path-denied
apache/htaccess-unreadable server/file-permission os/file-permission
apache/rewrite-f-ua server/user-agent-denied? server/path-denied
apache/rewrite-f-server server/path-denied?
apache/hotlink-referer server/referer-denied?
apache/allowmethods-405 server/method-denied
apache/require-env-referer server/referer-denied server/path-denied
apache/redirect-403 server/path-denied?
apache/cgi-noexec server/script-not-executable os/script-not-executable
apache/basic-none-401 server/authentication-required
apache/basic-wronguser-401 server/not-authorized
apache/basic-wronguser-403 server/not-authorized
apache/location-deny-proxy server/path-denied
apache/proxy-dead-503 server/upstream-down
apache/htaccess-file server/path-denied
apache/encoded-slash-404 server/not-found
apache/put-static server/method-not-supported
apache/trace application/not-refused
apache/big-header server/malformed-request server/body-too-large
apache/sslrequiressl server/tls-required
apache/dir-search-ah00035 server/file-permission os/file-permission
apache/authz-debug server/path-denied
apache/authz-debug-htip server/ip-denied
apache/authz-debug-limitexcept server/method-denied server/path-denied
apache/errordocument-also-403 server/path-denied
apache/errordocument-404 server/path-denied
caddy/auth server/authentication-required
caddy/dead server/upstream-down
caddy/noindex server/not-found server/missing-index
caddy/perm server/file-permission?
chain/nginx-to-apache-denied server/path-denied
chain/nginx-to-apache-require-ip server/ip-denied server/path-denied
django/bad-host-400 application/host-not-allowed
django/csrf-bad-origin application/not-refused
django/csrf-badtoken application/csrf
django/csrf-https-badreferer application/csrf
django/csrf-https-noreferer application/csrf
django/drf-admin application/not-authorized
django/drf-csrf application/csrf
django/drf-noauth application/authentication-required
django/drf-thr application/not-refused
django/permission-denied application/not-authorized
flask/413 application/body-too-large
flask/abort403 application/not-authorized
flask/method405 application/method-not-supported
haproxy/badreq application/not-refused
haproxy/d429 server/rate-limited
haproxy/dead server/upstream-down
haproxy/deny server/path-denied server/ip-denied
haproxy/mtls-nocert server/client-certificate client/client-certificate
haproxy/ok application/not-refused
haproxy/respdeny application/not-refused
haproxy/ret server/path-denied
lighttpd/413 server/body-too-large
lighttpd/access-deny server/path-denied?
lighttpd/ipdeny server/ip-denied?
lighttpd/noindex server/missing-index?
lighttpd/perm server/file-permission?
modsec2/sqli-post waf/waf-rule
modsec2/method-911100 waf/waf-rule waf/method-denied
modsec2/scanner-ua-913100 waf/waf-rule waf/user-agent-denied
modsec2/body-limit-413 client/body-too-large
modsec2/multipart-200003 waf/waf-body-parser
modsec2/json-xss waf/waf-rule
modsec2/house-406 waf/waf-rule
modsec2/house-drop waf/waf-rule
modsec2/house-405 waf/waf-rule
modsec2/outbound-leak waf/waf-outbound
modsec2/detectiononly application/not-refused
modsec2/json-body-argnames waf/waf-rule
modsec3/sqli-post waf/waf-rule
modsec3/json-xss waf/waf-rule
modsec3/ctype waf/waf-rule waf/content-type-denied
modsec3/warn-only application/not-refused
modsec3/app403-through-modsec application/not-authorized
modsec3/house-406 waf/waf-rule
modsec3/house-redir waf/waf-rule
modsec3/json-body-argnames waf/waf-rule
modsec3/multipart-argnames waf/waf-rule
nginx/deny-all server/path-denied server/ip-denied
nginx/deny-ip server/ip-denied server/path-denied
nginx/allowlist server/ip-denied server/path-denied
nginx/limit-except-get application/not-refused
nginx/noindex server/missing-index
nginx/dir-700 server/file-permission
nginx/dir-700-index server/file-permission
nginx/return403txt server/path-denied?
nginx/return444 server/connection-dropped?
nginx/geo server/ip-denied? server/geo-denied
nginx/ua server/user-agent-denied? server/path-denied
nginx/method405 server/method-not-supported
nginx/post-dir server/method-not-supported
nginx/rate-503 server/rate-limited
nginx/rate-429 server/rate-limited
nginx/body-413 server/body-too-large
nginx/auth-none server/authentication-required
nginx/auth-bad server/authentication-required
nginx/auth-unknown server/authentication-required
nginx/auth-file-missing-403 server/authentication-required
nginx/auth-request-401 server/authentication-required
nginx/proxied-app-403-server-hdr application/not-authorized?
nginx/secure-link server/signed-url? server/path-denied
nginx/big-header server/malformed-request server/body-too-large
nginx/trace server/method-not-supported
nginx/bad-host server/malformed-request
node/cors-throw application/cors
node/csrf-csrf application/csrf
node/express-json-bad application/malformed-request
node/express-json403 application/not-authorized?
node/express-jwt-expired application/token-expired
node/express-no-route application/not-found
node/express-prod-csurf application/csrf
node/express-ratelimit-draft7 application/rate-limited
node/express-ratelimit-legacy application/rate-limited
node/express-sendstatus403 application/not-authorized?
node/fastify-413 application/body-too-large
node/fastify-csrf application/csrf
node/fastify-post-get-only application/not-found
node/fastify-ratelimit application/rate-limited
node/hapi-crumb application/csrf
node/hono-bearer application/authentication-required
node/hono-bearer-bad application/authentication-required
node/hono-csrf application/csrf?
node/hono-csrf-noorigin application/csrf?
node/hono-jwt application/authentication-required
node/koa-csrf application/internal-error application/csrf
node/nest-exc application/not-authorized
node/nest-noroute application/not-found
node/nest-throttle application/rate-limited
node/vite-fs-deny application/path-denied
phpfpm/file-600 runtime/file-permission
phpfpm/limit-extensions runtime/path-denied runtime/script-not-executable
phpfpm/missing runtime/not-found
squid/accel-413 server/body-too-large egress-proxy/body-too-large
squid/accel-deny server/path-denied? egress-proxy/path-denied
squid/forward-connect-denied egress-proxy/path-denied
squid/forward-denied egress-proxy/path-denied
tls-apache/loc-mtls-nocert-tls12 server/client-certificate
tls-apache/loc-mtls-goodcert-tls12 server/not-found
tls-apache/require-ssl-verify-client server/path-denied server/client-certificate
tls-apache/vhost-mtls-nocert-tls12 server/client-certificate
tls-apache/vhost-mtls-rogue server/client-certificate
tls-apache/vhost-mtls-expired server/client-certificate
tls-apache/no-sni-strict server/host-not-allowed server/tls-required
tls-apache/plain-http-to-https server/tls-required
tls-nginx/nocert server/client-certificate
tls-nginx/rogue server/client-certificate
tls-nginx/expired server/client-certificate
tls-nginx/optional-403 server/client-certificate? server/path-denied
tls-nginx/good application/not-refused
tomcat/badchar application/malformed-request server/malformed-request runtime/malformed-request
tomcat/forbid application/not-authorized server/path-denied application/path-denied
tomcat/restcsrf application/csrf
tomcat/webinf404 application/not-found server/not-found runtime/not-found
varnish/app403 application/not-authorized?
varnish/deny server/path-denied edge/path-denied
varnish/ok application/not-refused
varnish/purge405 server/method-denied server/method-not-supported edge/method-denied
akamai/custom-no-server edge/unknown? edge/waf-rule unknown/unknown
akamai/ref18 edge/waf-rule? edge/unknown edge/ip-denied edge/geo-denied edge/user-agent-denied waf/waf-rule
apache/behind-nginx-html2 server/path-denied? server/unknown waf/waf-rule server/file-permission server/ip-denied
apache/old-403-errordocument server/path-denied? server/unknown waf/waf-rule server/file-permission
apache/selinux-open os/mandatory-access-control os/file-permission
apisix/consumer gateway/not-authorized gateway/subscription
apollo/csrf-400 application/csrf application/content-type-denied
aspnetcore/antiforgery application/csrf application/malformed-request
aws-alb/403-no-user-agent edge/waf-rule? waf/waf-rule edge/unknown edge/user-agent-denied edge/path-denied
aws-alb/waf-lfi-body edge/waf-rule waf/waf-rule
aws-apigw/forbidden-usage-plan gateway/api-key? gateway/unknown gateway/not-authorized edge/waf-rule waf/waf-rule
aws-apigw/missing-token-cf gateway/not-found gateway/authentication-required
aws-s3/post-policy-condition storage/storage-policy storage/signed-url storage/malformed-request
aws-s3/signature storage/signed-url storage/authentication-required storage/not-authorized
aws-waf/log-block-alb edge/waf-rule waf/waf-rule edge/user-agent-denied waf/user-agent-denied
azure-agc/waf-json waf/waf-rule? gateway/unknown gateway/api-key edge/waf-rule unknown/unknown
azure-frontdoor/blocked edge/waf-rule waf/waf-rule edge/ip-denied edge/geo-denied
barracuda/404-padded waf/waf-rule? server/not-found unknown/not-found edge/waf-rule unknown/unknown
cloudflare/1005-asn edge/ip-denied
cloudflare/1xxx-title edge/ip-denied? edge/waf-rule edge/geo-denied edge/user-agent-denied edge/unknown
cloudflare/block-title edge/waf-rule? waf/waf-rule edge/challenge edge/ip-denied edge/unknown
cloudflare/challenge-h1 edge/challenge
cloudflare/jsd-on-origin-403 application/not-authorized application/unknown
cloudflare/plain-1010-urllib edge/user-agent-denied edge/challenge
cloudfront/method-2018 edge/method-denied
cloudfront/missing-key-pair edge/signed-url storage/signed-url
cloudfront/waf-request-blocked edge/waf-rule waf/waf-rule edge/body-too-large waf/body-too-large
crowdsec/nginx-captcha-200 server/challenge server/ip-denied waf/challenge edge/challenge
csf/blocked-page server/ip-denied os/ip-denied waf/ip-denied
django/null-origin-uwsgi application/csrf application/cors
django42/csrf-origin application/csrf application/cors
django42/too-many-fields-400 application/body-too-large application/malformed-request
edge-unknown/fastly-hop edge/waf-rule? edge/unknown waf/unknown unknown/unknown
egress-unknown/blocked-200 egress-proxy/path-denied? edge/waf-rule waf/waf-rule unknown/unknown edge/unknown
envoy/extauthz-flag gateway/authentication-required application/authentication-required
f5-asm/localised-200 waf/waf-rule? edge/waf-rule application/not-refused application/unknown unknown/unknown
f5-asm/stock-200 waf/waf-rule edge/waf-rule waf/unknown
fastapi/bearer-missing application/authentication-required
fortigate/webfilter egress-proxy/path-denied egress-proxy/unknown
gcp/cloud-armor-page edge/waf-rule? edge/ip-denied edge/geo-denied edge/rate-limited edge/unknown waf/waf-rule
github-api/secondary-limit application/rate-limited gateway/rate-limited
gitlab/422-two-upstreams application/csrf application/unknown
haproxy/stock-on-the-net server/path-denied edge/path-denied gateway/path-denied server/ip-denied edge/ip-denied server/unknown
hosting-modsec/406-behind-nginx waf/waf-rule
iis/httpsys-forbidden-url server/path-denied server/malformed-request
iis/stock-403-server-renamed server/path-denied? server/unknown server/missing-index server/ip-denied application/not-authorized
imperva/iframe edge/challenge edge/waf-rule waf/waf-rule edge/unknown
imperva/pardon edge/challenge edge/user-agent-denied edge/rate-limited
istio/rbac-2018 gateway/not-authorized
jenkins/crumb-jetty94 application/csrf
kong/invalid-credentials gateway/api-key gateway/authentication-required
litespeed/modsec-audit waf/waf-rule waf/unknown
paloalto/web-page-blocked egress-proxy/path-denied egress-proxy/unknown
rails/csrf-2016 application/csrf
redshield/403 edge/waf-rule waf/waf-rule
spring/csrf-json application/csrf
spring/strict-firewall-500 application/malformed-request application/path-denied
starlette/trusted-host-400 application/host-not-allowed
sucuri/ddos edge/rate-limited? edge/waf-rule edge/challenge edge/ip-denied waf/waf-rule
sucuri/godaddy-label edge/waf-rule waf/waf-rule
tinyproxy/connect-port egress-proxy/path-denied egress-proxy/unknown egress-proxy/not-authorized
traefik/forbidden-body gateway/ip-denied? gateway/unknown application/not-authorized application/unknown unknown/unknown server/ip-denied
tyk/disallowed gateway/api-key? gateway/not-authorized gateway/subscription
vercel/challenge edge/challenge edge/rate-limited
wordfence/unsafe waf/waf-rule application/waf-rule
wordpress/rest-nonce-en application/csrf
zscaler/security egress-proxy/path-denied egress-proxy/unknown egress-proxy/not-authorized
`;

export const captureLabels: readonly CaptureLabel[] = rows
  .trim()
  .split('\n')
  .map((row) => {
    const [capture = '', label = '', ...also] = row.split(' ');
    return { capture, truth: label.replace('?', ''), told: !label.endsWith('?'), also };
  });
