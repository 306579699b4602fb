import type { System } from '../system.js';
import { allInOneSecuritySystem } from './wordpress/all-in-one-security.js';
import { bulletproofSecuritySystem } from './wordpress/bulletproof-security.js';
import { cleantalkSystem } from './wordpress/cleantalk.js';
import { ithemesSecuritySystem } from './wordpress/ithemes-security.js';
import { malcareSystem } from './wordpress/malcare.js';
import { ninjafirewallSystem } from './wordpress/ninjafirewall.js';
import { rsfirewallSystem } from './wordpress/rsfirewall.js';
import { secupressSystem } from './wordpress/secupress.js';
import { shieldSecuritySystem } from './wordpress/shield-security.js';
import { wordfenceSystem } from './wordpress/wordfence.js';
import { wordpressSystem } from './wordpress/wordpress.js';
import { wpCerberSystem } from './wordpress/wp-cerber.js';

export const wordpressFamily: readonly System[] = [
  wordpressSystem,
  wordfenceSystem,
  secupressSystem,
  ninjafirewallSystem,
  wpCerberSystem,
  ithemesSecuritySystem,
  shieldSecuritySystem,
  malcareSystem,
  bulletproofSecuritySystem,
  rsfirewallSystem,
  cleantalkSystem,
  allInOneSecuritySystem,
];
