import type { System } from '../system.js';
import { blueCoatSystem } from './egress/blue-coat.js';
import { checkpointSystem } from './egress/checkpoint.js';
import { ciscoWsaSystem } from './egress/cisco-wsa.js';
import { envoyEgressSystem } from './egress/envoy-egress.js';
import { forcepointSystem } from './egress/forcepoint.js';
import { fortigateSystem } from './egress/fortigate.js';
import { kerioSystem } from './egress/kerio.js';
import { netskopeSystem } from './egress/netskope.js';
import { notificationPageSystem } from './egress/notification-page.js';
import { paloAltoSystem } from './egress/palo-alto.js';
import { privoxySystem } from './egress/privoxy.js';
import { skyhighSystem } from './egress/skyhigh.js';
import { sonicwallSystem } from './egress/sonicwall.js';
import { sophosSystem } from './egress/sophos.js';
import { tinyproxySystem } from './egress/tinyproxy.js';
import { umbrellaSystem } from './egress/umbrella.js';
import { watchguardSystem } from './egress/watchguard.js';
import { zscalerSystem } from './egress/zscaler.js';

export const egressFamily: readonly System[] = [
  tinyproxySystem,
  zscalerSystem,
  fortigateSystem,
  paloAltoSystem,
  sonicwallSystem,
  sophosSystem,
  watchguardSystem,
  blueCoatSystem,
  umbrellaSystem,
  ciscoWsaSystem,
  forcepointSystem,
  skyhighSystem,
  checkpointSystem,
  netskopeSystem,
  kerioSystem,
  privoxySystem,
  envoyEgressSystem,
  notificationPageSystem,
];
