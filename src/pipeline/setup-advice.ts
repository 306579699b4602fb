import { wafsOf } from './find-waf.js';
import type { World } from './world.js';

/** Servers whose configuration can be advised on. */
export function setupServers(world: Pick<World, 'wafs'> = {}): readonly string[] {
  return wafsOf(world).flatMap(({ setups }) => setups.map(({ server }) => server));
}

/** What to add to the configuration of a server, ready to be pasted; nothing for a server that is not known. */
export function setupAdvice(server: string, world: Pick<World, 'wafs'> = {}): string | undefined {
  const setups = wafsOf(world).flatMap((waf) => waf.setups);
  return setups.find((setup) => setup.server === server)?.text();
}
