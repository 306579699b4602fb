import { fail } from '../../model/error.js';

/** The library that drives browsers: what of it is used. */
export type Playwright = Pick<typeof import('playwright-core'), 'chromium'>;

/**
 * Loads the library, which is an optional part of an installation: few need it.
 * @throws WafproofError `BROWSER_LIBRARY`
 */
export async function loadPlaywright(
  load: () => Promise<Playwright> = () => import('playwright-core'),
): Promise<Playwright> {
  try {
    return await load();
  } catch (cause) {
    throw fail('BROWSER_LIBRARY', {}, { cause });
  }
}
