import type { System } from '../system.js';
import { airlockSystem } from './firewalls/airlock.js';
import { alertLogicSystem } from './firewalls/alert-logic.js';
import { barracudaSystem } from './firewalls/barracuda.js';
import { btwafSystem } from './firewalls/btwaf.js';
import { comodoWafSystem } from './firewalls/comodo-waf.js';
import { denyallSystem } from './firewalls/denyall.js';
import { dotdefenderSystem } from './firewalls/dotdefender.js';
import { f5AsmSystem } from './firewalls/f5-asm.js';
import { fortiwebSystem } from './firewalls/fortiweb.js';
import { haltdosSystem } from './firewalls/haltdos.js';
import { impervaSecuresphereSystem } from './firewalls/imperva-securesphere.js';
import { janusecSystem } from './firewalls/janusec.js';
import { netscalerSystem } from './firewalls/netscaler.js';
import { pkpSystem } from './firewalls/pkp.js';
import { radwareSystem } from './firewalls/radware.js';
import { safedogSystem } from './firewalls/safedog.js';
import { siteguardSystem } from './firewalls/siteguard.js';
import { sophosUtmWafSystem } from './firewalls/sophos-utm-waf.js';
import { terosSystem } from './firewalls/teros.js';
import { urlscanSystem } from './firewalls/urlscan.js';
import { varnishSecuritySystem } from './firewalls/varnish-security.js';
import { webknightSystem } from './firewalls/webknight.js';
import { websealSystem } from './firewalls/webseal.js';
import { wtsWafSystem } from './firewalls/wts-waf.js';
import { yunsuoSystem } from './firewalls/yunsuo.js';

export const firewallsFamily: readonly System[] = [
  impervaSecuresphereSystem,
  f5AsmSystem,
  barracudaSystem,
  fortiwebSystem,
  netscalerSystem,
  radwareSystem,
  webknightSystem,
  dotdefenderSystem,
  urlscanSystem,
  comodoWafSystem,
  websealSystem,
  siteguardSystem,
  alertLogicSystem,
  denyallSystem,
  airlockSystem,
  terosSystem,
  pkpSystem,
  janusecSystem,
  haltdosSystem,
  varnishSecuritySystem,
  safedogSystem,
  yunsuoSystem,
  sophosUtmWafSystem,
  wtsWafSystem,
  btwafSystem,
];
