import { appendFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { forgeries } from './mixed-suite.js';

/** Something that goes on until it is told to end. */
export interface Nuisance {
  /** How much it has done. */
  end(): Promise<number>;
}

/** Does something again and again. */
export function again(act: (turn: number) => Promise<void>): Nuisance {
  let isOver = false;
  const acts = (async () => {
    let turn = 0;
    for (; !isOver; turn++) await act(turn);
    return turn;
  })();
  acts.catch(() => {});
  return {
    end: () => {
      isOver = true;
      return acts;
    },
  };
}

/** Another client of the same server: some of its requests carry ids, of runs that are not ours. */
export function strangers(url: string): Nuisance {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const nuisance = again(async (turn) => {
    await Promise.all(Array.from({ length: 4 }, (_, i) => strangeRequest(url, agent, turn * 4 + i)));
    await delay(10);
  });
  return {
    end: async () => {
      const count = await nuisance.end();
      agent.destroy();
      return count * 4;
    },
  };
}

function strangeRequest(url: string, agent: Agent, turn: number): Promise<void> {
  const text = forgeries[turn % forgeries.length] ?? '';
  const id = strangeIds[turn % strangeIds.length]?.(turn);
  const headers = {
    'User-Agent': `stranger ${text.replace(/\s+/g, ' ')}`,
    'Content-Type': 'application/x-www-form-urlencoded',
    ...(id !== undefined && { 'X-Wafproof-Id': id }),
  };
  const body = `stranger${turn}=${encodeURIComponent(`${text}' UNION SELECT 1 FROM users`)}`;
  return new Promise((resolve) => {
    const sent = request(`${url}/strange?${turn}`, { method: 'POST', agent, headers }, (answer) => {
      answer.resume().on('close', resolve);
    });
    sent.on('error', () => resolve());
    sent.end(body);
  });
}

const strangeIds: readonly ((turn: number) => string | string[] | undefined)[] = [
  () => undefined,
  (turn) => `w7-forged00-${turn}`,
  (turn) => `w7-b${turn.toString(36).padStart(7, '0')}-${turn % 1000}`,
  (turn) => [`w7-forged00-${turn}`, `w7-forged01-${turn}`],
  () => 'w7-',
  () => 'w7-lab-info',
];

/** Another program that writes into the same log, whole entries and parts of them, without regard for what others write. */
export function vandal(log: string): Nuisance {
  return again(async (turn) => {
    const whole = junk[turn % junk.length] ?? Buffer.alloc(0);
    await appendFile(log, turn % 3 === 0 ? whole : whole.subarray(0, Math.floor((whole.length * (turn % 10)) / 10)));
    await delay(20);
  });
}

/** What a vandal leaves behind: entries of every format, whole and cut off everywhere. */
export function litter(log: string): void {
  const pieces = junk.flatMap((whole) =>
    Array.from({ length: 10 }, (_, i) => whole.subarray(0, whole.length * (i / 10))),
  );
  appendFileSync(log, Buffer.concat([...pieces, ...junk].flatMap((piece) => [piece, Buffer.from('\n')])));
}

const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3) * 104_729) & 0xff));

const junk: readonly Buffer[] = [
  ...forgeries.map((text) => Buffer.from(`${text.trim()}\n`)),
  Buffer.concat([noise, Buffer.from('\n')]),
  Buffer.from(`{"transaction":${'['.repeat(2000)}\n`),
  Buffer.from(`${'{"a":'.repeat(2000)}\n`),
  Buffer.from(
    '--deadbeef-A--\n[22/Nov/2026:20:55:15.716465 +0000] awNW 127.0.0.1 1 127.0.0.1 2\n--deadbeef-B--\nGET / HTTP/1.1\n',
  ),
  Buffer.from('\n\r\n\0\0\0\n'),
];
