import { resolve } from 'node:path';
import { fail, WafproofError } from '../../model/error.js';
import type { RecordedPage } from '../../record/browser/browser-types.js';
import { loadScript, runScript } from '../../record/browser/load-script.js';
import { scriptTools } from '../../record/browser/script-tools.js';
import type { CapturedRequest } from '../../record/captured-request.js';
import type { LeftOut } from '../../record/import-format.js';
import { addressForPeople } from '../../record/without-secrets.js';
import { reasonOf } from '../../util/reason-of.js';
import type { World } from '../world.js';
import { type Crawled, crawl } from './crawl.js';
import { KeptSoFar } from './kept-so-far.js';
import { openLiveCheck } from './live-check.js';
import { type OpenRecording, openRecording } from './open-recording.js';
import type { RecordBrowserOptions } from './record-options.js';

/** What a browser has sent, and what ended it before its time, if anything did. */
export interface BrowserUse {
  readonly requests: readonly CapturedRequest[];
  /** Those of them that a WAF would refuse, where one was asked. */
  readonly refused: ReadonlySet<CapturedRequest>;
  /** Forms that were found and left alone. */
  readonly leftOut: readonly LeftOut[];
  /** Names of variables that scripts asked for, by their values. */
  readonly secrets: ReadonlyMap<string, string>;
  /** What was typed where a page asks for a password, and what the saved session holds. */
  readonly secretTexts: ReadonlySet<string>;
  readonly failure?: WafproofError;
}

/**
 * Opens a browser and has it used to the end: by whoever sits before it, by a script, or by a search for forms.
 * @param keep writes down what there is by now
 */
export async function driveBrowser(
  options: RecordBrowserOptions,
  keep: (use: BrowserUse) => Promise<void>,
  world: World,
): Promise<BrowserUse> {
  const secrets = new Map<string, string>();
  const [login, script] = [
    await scriptAt(options.login, options, secrets, world),
    await scriptAt(options.script, options, secrets, world),
  ];
  const { through } = options;
  const live = through && (await openLiveCheck(through, world));
  try {
    const sofar = new KeptSoFar(async () => keep(useOf(recording.traffic.soFar())));
    const recording = await openRecording(options, { live, onMore: () => sofar.touch() }, world);
    const useOf = (requests: BrowserUse['requests']): BrowserUse => ({
      requests,
      leftOut: [],
      secrets,
      secretTexts: recording.secretTexts(),
      refused: recording.traffic.refused(),
    });
    const { failure, found } = await useUntilEnd(recording, { login, script }, options, world);
    await recording.close();
    await sofar.end();
    const requests = [...(await recording.traffic.requests()), ...(found?.requests ?? [])];
    return { ...useOf(requests), leftOut: found?.leftOut ?? [], ...(failure && { failure }) };
  } finally {
    await live?.close();
  }
}

type PageWork = (page: RecordedPage) => Promise<void>;

interface Scripts {
  readonly login: PageWork | undefined;
  readonly script: PageWork | undefined;
}

async function scriptAt(
  file: string | undefined,
  { url }: RecordBrowserOptions,
  secrets: Map<string, string>,
  { cwd, env }: World,
): Promise<PageWork | undefined> {
  if (file === undefined) return undefined;
  const script = await loadScript(resolve(cwd, file), file);
  const tools = scriptTools({ url, file, env, onSecret: (name, value) => secrets.set(value, name) });
  return (page) => runScript(script, page, tools, file);
}

/** What stops the work is told afterwards: what was recorded until then is kept. */
async function useUntilEnd(
  recording: OpenRecording,
  scripts: Scripts,
  options: RecordBrowserOptions,
  world: World,
): Promise<{ readonly failure?: WafproofError; readonly found?: Crawled | undefined }> {
  try {
    return { found: await Promise.race([use(recording, scripts, options, world), endOf(world.signal)]) };
  } catch (error) {
    await recording.close();
    if (world.signal.aborted) return {};
    if (error instanceof WafproofError) return { failure: error };
    throw error;
  }
}

/** A script need not notice that its browser is gone. */
function endOf(signal: AbortSignal): Promise<undefined> {
  return new Promise((end) => {
    if (signal.aborted) end(undefined);
    signal.addEventListener('abort', () => end(undefined), { once: true });
  });
}

async function use(
  { page, context, browser, traffic }: OpenRecording,
  { login, script }: Scripts,
  { url, crawl: search, keepGet, tell }: RecordBrowserOptions,
  world: World,
): Promise<Crawled | undefined> {
  // Where nobody answers, a script would wait for what no page has.
  const logIn = async () => {
    await open(page, url);
    await login?.(page);
  };
  if (login !== undefined) await traffic.login(logIn);
  await open(page, url);
  if (search !== undefined) return crawl(page, { tell, keepGet, ...search }, world);
  if (script !== undefined) {
    await script(page);
    return undefined;
  }
  world.progress.stage('recording what is sent; close the window or press Ctrl-C to end');
  await new Promise<void>((end) => {
    const endWithLastPage = () => context.pages().length === 0 && end();
    browser.on('disconnected', () => end());
    context.on('page', (opened) => opened.on('close', endWithLastPage));
    page.on('close', endWithLastPage);
    if (!browser.isConnected()) end();
  });
  return undefined;
}

/** The proxy answers for an application that does not: with a line that says why. */
async function open(page: RecordedPage, url: string): Promise<void> {
  const answer = await page.goto(url, { waitUntil: 'domcontentloaded' }).catch((cause: unknown) => {
    throw fail('RECORD_UNREACHABLE', { url: addressForPeople(url), reason: netError(cause) }, { cause });
  });
  const text = answer?.status() === 502 ? await answer.text().catch(() => '') : '';
  const reason = /^upstream: (.*)\n$/s.exec(text)?.[1];
  if (reason !== undefined) throw fail('RECORD_UNREACHABLE', { url: addressForPeople(url), reason });
}

/** `net::ERR_CONNECTION_REFUSED` out of what Playwright says. */
function netError(cause: unknown): string {
  const text = reasonOf(cause);
  return /net::(\w+)/.exec(text)?.[1] ?? text.split('\n')[0] ?? '';
}
