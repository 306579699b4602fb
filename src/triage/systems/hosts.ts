import type { System } from '../system.js';
import { apparmorSystem } from './hosts/apparmor.js';
import { clientSystem } from './hosts/client.js';
import { fail2banSystem } from './hosts/fail2ban.js';
import { packetFilterSystem } from './hosts/packet-filter.js';
import { selinuxSystem } from './hosts/selinux.js';
import { suexecSystem } from './hosts/suexec.js';

export const hostsFamily: readonly System[] = [
  selinuxSystem,
  suexecSystem,
  apparmorSystem,
  packetFilterSystem,
  fail2banSystem,
  clientSystem,
];
