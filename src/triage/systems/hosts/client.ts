import type { System } from '../../system.js';
import { clientPages } from './client-pages.js';

export const clientSystem: System = {
  id: 'client',
  name: 'The client itself',
  layer: 'client',
  source: 'curl manual, EXIT CODES; Node.js, Errors',
  rides: [],
  refusals: [...clientPages],
  fixes: {
    'client-certificate':
      '`openssl s_client -connect host:443` prints `Acceptable client certificate CA names`: send one that they signed (`curl --cert … --key …`), whole chain, not expired (`openssl x509 -enddate`)',
    'tls-required':
      'speak TLS to a TLS port and HTTP to the other (`curl -v https://…`); `openssl s_client -tls1_2` shows the versions that the server takes',
    'host-not-allowed':
      '`openssl s_client -connect host:443 -servername host` shows which names the server knows: send one of them as host of the URL',
    'server-certificate':
      '`openssl s_client -connect host:443 -showcerts` shows the chain: trust its CA on this machine (`NODE_EXTRA_CA_CERTS`, `curl --cacert`), or have the server send the whole chain',
    'connection-dropped':
      'the log of the server at that time tells (`return 444`, a drop of the WAF, a crash, a time-out): find which with `curl -v --http1.1`, and send the same body to a path that does not exist',
    'path-denied':
      'the proxy of your own network refuses the tunnel (`env | grep -i proxy`): have host and port allowed there, or `curl --noproxy host`; the site has not seen the request',
    unreachable:
      'check name, address and port of the target, and whether a firewall or VPN stands between; the request has reached nobody',
  },
};
