import type { System } from '../system.js';
import { bitninjaSystem } from './hosting/bitninja.js';
import { corazaSystem } from './hosting/coraza.js';
import { crowdsecSystem } from './hosting/crowdsec.js';
import { csfSystem } from './hosting/csf.js';
import { imunify360System } from './hosting/imunify360.js';
import { modsecuritySystem } from './hosting/modsecurity.js';
import { naxsiSystem } from './hosting/naxsi.js';
import { openAppsecSystem } from './hosting/open-appsec.js';
import { safelineSystem } from './hosting/safeline.js';

export const hostingFamily: readonly System[] = [
  modsecuritySystem,
  naxsiSystem,
  openAppsecSystem,
  safelineSystem,
  imunify360System,
  crowdsecSystem,
  csfSystem,
  bitninjaSystem,
  corazaSystem,
];
