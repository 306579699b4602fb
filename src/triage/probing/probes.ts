import type { Probe } from './probe.js';
import { probesAside } from './probes-aside.js';
import { probesHere } from './probes-here.js';

/** All probes. Those that go aside, and each GET, change nothing at the target. */
const probes = { ...probesAside, ...probesHere };

export type ProbeId = keyof typeof probes;

export const probeIds = Object.keys(probes) as readonly ProbeId[];

export function probeOf(id: ProbeId): Probe {
  return probes[id];
}
