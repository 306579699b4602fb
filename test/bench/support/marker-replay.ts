import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type FileHandle, open } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { correlationHeader } from '../../../src/model/correlation.js';
import type { WireRequest } from '../../../src/model/request.js';

const timeoutMs = 10_000;
const chunkBytes = 256 * 1024;

/**
 * Replays requests one after the other, as a tool does that has nothing to join them by but their order: a request with
 * a marker, the request itself, another marker, each on a connection of its own; then it reads the log until it meets the
 * second marker, and what stands between the two is the request's.
 */
export class MarkerReplay {
  readonly #url: URL;
  readonly #log: FileHandle;
  readonly #buffer = Buffer.allocUnsafeSlow(chunkBytes);
  #offset = 0;

  private constructor(url: URL, log: FileHandle, offset: number) {
    this.#url = url;
    this.#log = log;
    this.#offset = offset;
  }

  static async open(url: string, path: string): Promise<MarkerReplay> {
    const log = await open(path);
    return new MarkerReplay(new URL(url), log, (await log.stat()).size);
  }

  /** The ids of the rules that matched, as they stand in the log. */
  async replay(request: WireRequest): Promise<readonly string[]> {
    await this.#mark();
    await this.#send(request);
    const between = await this.#mark();
    return [...between.matchAll(/\[id \\?"(\d+)\\?"\]|"ruleId":"(\d+)"/g)].map(([, v2, v3]) => v2 ?? v3 ?? '');
  }

  async close(): Promise<void> {
    await this.#log.close();
  }

  /** Sends a marker. Gives what stands before it in the log. */
  async #mark(): Promise<string> {
    const marker = `w7-${randomUUID()}`;
    const headers = [['Host', this.#url.host] as const, ['Accept', '*/*'] as const];
    const identified = [...headers, ['User-Agent', 'bench'] as const, [correlationHeader, marker] as const];
    await this.#send({ method: 'GET', target: '/', headers: identified, body: Buffer.alloc(0) });
    return this.#readTo(marker);
  }

  async #readTo(marker: string): Promise<string> {
    const end = performance.now() + timeoutMs;
    let text = '';
    while (performance.now() < end) {
      const { bytesRead } = await this.#log.read(this.#buffer, 0, chunkBytes, this.#offset);
      this.#offset += bytesRead;
      text += this.#buffer.toString('latin1', 0, bytesRead);
      const at = text.indexOf(marker);
      if (at >= 0) return text.slice(0, at);
      if (bytesRead === 0) await sleep(1);
    }
    throw new Error(`the log has no entry of the marker ${marker}`);
  }

  /** To the end of the answer. */
  async #send({ method, target, headers, body }: WireRequest): Promise<void> {
    const fields = headers.filter(([name]) => !/^(connection|content-length)$/i.test(name));
    const framed = [...fields, ['Content-Length', `${body.length}`], ['Connection', 'close']];
    const head = `${method} ${target} HTTP/1.1\r\n${framed.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
    const socket = connect(Number(this.#url.port), this.#url.hostname).setTimeout(timeoutMs, () => socket.destroy());
    socket.on('error', () => {});
    socket.write(Buffer.concat([Buffer.from(head), body]));
    await once(socket.resume(), 'close');
  }
}
