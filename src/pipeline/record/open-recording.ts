import { resolve } from 'node:path';
import { startForwardProxy } from '../../lab/forward-proxy.js';
import { fail } from '../../model/error.js';
import type { RecordedBrowser, RecordedContext, RecordedPage } from '../../record/browser/browser-types.js';
import { isBrowsersOwn } from '../../record/browser/browsers-own.js';
import { launchBrowser } from '../../record/browser/launch-browser.js';
import { PageObserver } from '../../record/browser/page-observer.js';
import { readStorage, secretsInStorage } from '../../record/browser/read-storage.js';
import { trustIn } from '../../replay/trust.js';
import { isLoopback } from '../../util/loopback.js';
import { startLab } from '../lab.js';
import type { World } from '../world.js';
import { BrowserTraffic } from './browser-traffic.js';
import type { LiveCheck } from './live-check.js';
import type { RecordBrowserOptions } from './record-options.js';

/** A browser of which all that it sends is kept. */
export interface OpenRecording {
  readonly browser: RecordedBrowser;
  readonly context: RecordedContext;
  readonly page: RecordedPage;
  readonly traffic: BrowserTraffic;
  /** What was typed so far where a page asks for a password, and what the saved session holds. */
  secretTexts(): ReadonlySet<string>;
  /** Ends the browser; what was on its way is kept. */
  close(): Promise<void>;
}

/** As much of a body as an engine takes with the recommended configuration, in bytes. */
const requestBytes = 13_107_200;
const answerBytes = 512 * 1024;

/** @throws WafproofError `LAB_…`, `BROWSER_…`, `STATE_INVALID`, `CA_UNREADABLE`, and all that can be wrong with an engine */
export async function openRecording(
  options: RecordBrowserOptions,
  { live, onMore }: { readonly live: LiveCheck | undefined; readonly onMore: () => void },
  world: World,
): Promise<OpenRecording> {
  const { headed, tell, storage, credentials } = options;
  const { origin } = new URL(options.url);
  const storageState = storage === undefined ? undefined : await readStorage(resolve(world.cwd, storage), storage);
  const closers: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one().catch(() => undefined);
  };
  try {
    const lab = await labBefore(origin, options, world);
    if (lab !== undefined) closers.push(() => lab.close());
    const isWanted = (one: string) => one === origin || options.origins.includes(one);
    const observer = new PageObserver(options.script === undefined && options.crawl === undefined);
    const traffic = new BrowserTraffic(origin, { isWanted, observer, tell, onMore, ...(live && { live }) });
    const proxy = await startForwardProxy({
      requestBytes,
      answerBytes,
      addressOf: (one) => addressOf(one, options.addresses),
      detour: (one) => (one === origin ? lab?.url : undefined),
      trust: options.ca === undefined ? undefined : trustIn(resolve(world.cwd, options.ca)),
      isRefused: isBrowsersOwn,
      onPassed: (passed) => traffic.add(passed),
    });
    closers.push(() => proxy.close());
    const browser = await launchBrowser({
      env: world.env,
      signal: world.signal,
      headed,
      proxy: { server: proxy.url, bypass: '<-loopback>' },
      switches: [`--ignore-certificate-errors-spki-list=${proxy.keyHash}`],
    });
    closers.push(() => browser.close());
    const context = await browser.newContext({
      baseURL: options.url,
      ...(storageState !== undefined && { storageState }),
      ...(credentials !== undefined && { httpCredentials: { ...credentials, origin } }),
      ...(headed && { viewport: null }),
    });
    // Whoever sits before the window answers its questions.
    if (headed) context.on('dialog', () => undefined);
    await observer.watch(context);
    const saved = storageState === undefined ? [] : secretsInStorage(storageState);
    const given = credentials === undefined ? [] : [credentials.password];
    const secretTexts = () => new Set([...saved, ...given, ...observer.passwords.all()]);
    return { browser, context, page: await context.newPage(), traffic, secretTexts, close };
  } catch (error) {
    await close();
    if (world.signal.aborted) throw fail('INTERRUPTED', {}, { cause: error });
    throw error;
  }
}

/**
 * The server of the lab before the application; none where an engine beside the browser's way tells the same, and lets
 * everything pass as it is.
 */
async function labBefore(origin: string, { through, addresses }: RecordBrowserOptions, world: World) {
  if (through === undefined || (through.lab === 'embedded' && through.mode === 'detect')) return undefined;
  const { lab: waf, mode, engine } = through;
  const upstream = (addressOf(origin, addresses) ?? new URL(origin)).href;
  const lab = await startLab({ waf, mode, upstream, ...(engine && { engine }) }, world);
  return { url: new URL(lab.url), close: () => lab.close() };
}

/** The address that was given for a name; names below `localhost` are this machine, whatever the name service says. */
function addressOf(origin: string, addresses: ReadonlyMap<string, string>): URL | undefined {
  const { hostname, host, protocol, port } = new URL(origin);
  const given = addresses.get(host) ?? addresses.get(hostname);
  if (given !== undefined)
    return new URL(`${protocol}//${/:\d+$/.test(given) || port === '' ? given : `${given}:${port}`}`);
  const isBelow = hostname !== 'localhost' && !/^[[\d]/.test(hostname) && isLoopback(hostname);
  return isBelow ? new URL(`${protocol}//127.0.0.1${port === '' ? '' : `:${port}`}`) : undefined;
}
