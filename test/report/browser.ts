import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';

/** Where Debian, Ubuntu and macOS keep Chromium or Chrome; `CHROMIUM` names another place. */
export const chromium = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => existsSync(path));

/** A page in a browser, driven over the DevTools protocol. */
export interface Page {
  open(path: string, hash?: string): Promise<void>;
  /** The value of an expression in the page, once it is settled. */
  evaluate(expression: string): Promise<unknown>;
  command(method: string, params?: object): Promise<Record<string, unknown>>;
  /** Problems that the page wrote to its console, such as violations of its policy. */
  readonly problems: readonly string[];
  /** What was asked of the network or the disk, and dialogs that were opened. */
  readonly events: readonly string[];
  close(): Promise<void>;
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--hide-scrollbars=false',
  '--remote-debugging-pipe',
  '--window-size=1400,1000',
];

/** Starts a browser with one empty page. */
export async function startBrowser(executable: string): Promise<Page> {
  const profile = mkdtempSync(join(tmpdir(), 'wafproof-browser-'));
  const child = spawn(executable, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const connection = connect(child);
  const problems: string[] = [];
  const events: string[] = [];
  const session = await attach(connection);
  const command = (method: string, params: object = {}) => connection.send(method, params, session);
  connection.onEvent((method, params) => {
    if (method === 'Log.entryAdded' || method === 'Runtime.exceptionThrown') problems.push(JSON.stringify(params));
    if (method === 'Page.javascriptDialogOpening') events.push('dialog');
    if (method === 'Network.requestWillBeSent')
      events.push((params as { readonly request: { readonly url: string } }).request.url);
  });
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await command(`${domain}.enable`);
  return {
    problems,
    events,
    command,
    open: async (path, hash = '') => {
      const loaded = connection.next('Page.loadEventFired');
      await command('Page.navigate', { url: 'about:blank' });
      await loaded;
      const opened = connection.next('Page.loadEventFired');
      await command('Page.navigate', { url: `${pathToFileURL(path)}${hash}` });
      await opened;
    },
    evaluate: async (expression) => {
      const answer = await command('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if ('exceptionDetails' in answer) throw new Error(JSON.stringify(answer['exceptionDetails']));
      return (answer['result'] as { readonly value?: unknown }).value;
    },
    close: () => stop(child),
  };
}

interface Connection {
  send(method: string, params: object, sessionId?: string): Promise<Record<string, unknown>>;
  next(method: string): Promise<void>;
  onEvent(listener: (method: string, params: unknown) => void): void;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

// Messages are JSON, each ended by NUL; the browser reads them from descriptor 3 and writes to 4.
function connect(child: ChildProcess): Connection {
  const [, , , input, output] = child.stdio as unknown as [null, null, null, Writable, Readable];
  const waiting = new Map<number, (message: Message) => void>();
  const listeners = new Set<(method: string, params: unknown) => void>();
  let lastId = 0;
  readMessages(output, (message) => {
    if (message.id !== undefined) waiting.get(message.id)?.(message);
    else for (const listener of listeners) listener(message.method ?? '', message.params);
  });
  return {
    send: (method, params, sessionId) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, ({ result, error }) =>
          error === undefined ? resolve(result ?? {}) : reject(new Error(error.message)),
        );
        input.write(`${JSON.stringify({ id: lastId, method, params, sessionId })}\0`);
      }),
    next: (method) =>
      new Promise((resolve) => {
        const listener = (seen: string) => {
          if (seen !== method) return;
          listeners.delete(listener);
          resolve();
        };
        listeners.add(listener);
      }),
    onEvent: (listener) => listeners.add(listener),
  };
}

function readMessages(output: Readable, onMessage: (message: Message) => void): void {
  let rest: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  output.on('data', (data: Buffer) => {
    rest = Buffer.concat([rest, data]);
    for (let end = rest.indexOf(0); end >= 0; end = rest.indexOf(0)) {
      onMessage(JSON.parse(rest.subarray(0, end).toString()) as Message);
      rest = rest.subarray(end + 1);
    }
  });
}

async function attach(connection: Connection): Promise<string> {
  const { targetInfos } = await connection.send('Target.getTargets', {});
  const pages = targetInfos as readonly { readonly type: string; readonly targetId: string }[];
  const targetId = pages.find(({ type }) => type === 'page')?.targetId;
  const { sessionId } = await connection.send('Target.attachToTarget', { targetId, flatten: true });
  return `${sessionId}`;
}

/** The profile is left to whoever removes the temporary folder: processes of the browser write to it for a while yet. */
async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}
