import type { System } from '../system.js';
import { anubisSystem } from './bots/anubis.js';
import { datadomeSystem } from './bots/datadome.js';
import { humanSystem } from './bots/human.js';
import { kasadaSystem } from './bots/kasada.js';

export const botsFamily: readonly System[] = [datadomeSystem, humanSystem, kasadaSystem, anubisSystem];
