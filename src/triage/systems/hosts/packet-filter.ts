import { logged } from '../../sign.js';
import type { System } from '../../system.js';

export const packetFilterSystem: System = {
  id: 'packet-filter',
  name: 'Packet filter of the host',
  layer: 'os',
  source: 'iptables, nftables and ufw: kernel log',
  rides: [],
  refusals: [
    {
      id: 'drop',
      by: 'log',
      all: [logged('packet-filter', /BLOCK|DROP|REJECT|Blocked/i)],
      cause: 'ip-denied',
      grade: 'proved',
      says: 'the packet filter of the host dropped packets of this client',
    },
  ],
  fixes: {
    'ip-denied':
      '`nft list ruleset` (or `iptables -S`, `ufw status`) shows the rule: allow the range of the test machine to this port, for the staging host only',
  },
};
