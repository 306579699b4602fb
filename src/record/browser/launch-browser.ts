import { userInfo } from 'node:os';
import type { Browser, LaunchOptions } from 'playwright-core';
import { fail } from '../../model/error.js';
import { type FoundBrowser, findBrowser } from './find-browser.js';
import { loadPlaywright } from './load-playwright.js';

/** How a browser is started. */
export interface BrowserLaunch {
  /** What the process is told: `PATH`, `WAFPROOF_BROWSER`, `DISPLAY` and what else a browser looks at. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Ends the browser. */
  readonly signal: AbortSignal;
  /** With a window that a person sees and uses; default: without. */
  readonly headed?: boolean;
  /** Names that lead elsewhere than the name service says, such as `shop.example` to `127.0.0.1:8080`. */
  readonly hosts?: Readonly<Record<string, string>>;
  /** A proxy for all that is not on this machine. */
  readonly proxy?: NonNullable<LaunchOptions['proxy']>;
  /** SHA-256 of public keys, in base64, that a server may show whoever has signed them. */
  readonly keys?: readonly string[];
  /** Further switches of Chromium. */
  readonly switches?: readonly string[];
}

/** The browser sends nothing of its own: no updates, no search for proxies, no word to its maker. */
const quietSwitches = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-domain-reliability',
  '--disable-sync',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
];

/**
 * Starts the Chromium, Chrome or Edge that is on this machine, and no other program. It ends when it is closed, when the
 * signal comes, and with this process. Its sandbox is on, except for root, whom Chromium has none for, and where
 * `WAFPROOF_BROWSER_SANDBOX` is `off`, as some containers need.
 * @throws WafproofError `BROWSER_LIBRARY`, `BROWSER_MISSING`, `BROWSER_START`, `INTERRUPTED`
 */
export async function launchBrowser(launch: BrowserLaunch): Promise<Browser> {
  const { env, signal } = launch;
  const { chromium } = await loadPlaywright();
  const found = await findBrowser({ env, ownPath: chromium.executablePath() });
  if (found === undefined) throw fail('BROWSER_MISSING', {});
  const browser = await chromium.launch(launchOptions(launch, found)).catch((cause: unknown) => {
    throw fail('BROWSER_START', { reason: whyNot(cause) }, { cause });
  });
  const close = () => void browser.close().catch(() => undefined);
  signal.addEventListener('abort', close, { once: true });
  browser.on('disconnected', () => signal.removeEventListener('abort', close));
  if (signal.aborted) {
    await browser.close();
    throw fail('INTERRUPTED', {});
  }
  return browser;
}

function launchOptions(launch: BrowserLaunch, found: FoundBrowser): LaunchOptions {
  const { env, headed = false, hosts = {}, proxy, keys = [], switches = [] } = launch;
  const rules = Object.entries(hosts).map(([name, to]) => `MAP ${name} ${to}`);
  const mapped = rules.length === 0 ? [] : [`--host-resolver-rules=${rules.join(', ')}`];
  const known = keys.length === 0 ? [] : [`--ignore-certificate-errors-spki-list=${keys.join(',')}`];
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...found,
    headless: !headed,
    env: Object.fromEntries(given),
    chromiumSandbox: userInfo().uid !== 0 && env['WAFPROOF_BROWSER_SANDBOX'] !== 'off',
    // A run that is interrupted still writes its report.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [...quietSwitches, ...mapped, ...known, ...switches],
    ...(proxy !== undefined && { proxy }),
  };
}

/** The line that tells: what Playwright prints begins with the call, and ends with all of the browser's log. */
function whyNot(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  if (/no usable sandbox|SUID sandbox|zygote_host_impl/i.test(text)) return noSandbox;
  const lines = text.split('\n').map((line) => line.replace(/^browserType\.launch: /, '').trim());
  const telling = lines.find((line) => /error|cannot|missing|not found|executable|failed/i.test(line));
  return (telling ?? lines[0] ?? '').slice(0, 300);
}

const noSandbox =
  'its sandbox cannot be set up, which needs unprivileged user namespaces; allow them, or set WAFPROOF_BROWSER_SANDBOX=off where you trust the target';
