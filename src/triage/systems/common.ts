import type { System } from '../system.js';
import { httpSystem } from './common/http.js';

export const commonFamily: readonly System[] = [httpSystem];
