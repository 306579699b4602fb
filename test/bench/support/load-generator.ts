import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { correlationHeader } from '../../../src/model/correlation.js';
import { runProgram } from './child.js';
import { versionOf } from './machine.js';

/** What a client is to do. */
export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** The correlation id of all requests of a plain load generator, so that a WAF has to log it; default: none. */
  readonly id?: string;
}

export interface LoadResult {
  readonly perSecond: number;
  /** Where it is known. */
  readonly clientMicros?: number;
}

export interface LoadGenerator {
  readonly name: string;
  run(load: Load): Promise<LoadResult>;
}

/** What all clients send. */
export const formBody = 'name=Grace+Ndlovu&email=grace%40example.org&comment=Are+you+open+on+the+first+of+May';
export const userAgent = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0';
const idHeader = ({ id }: Load) => (id === undefined ? [] : ['-H', `${correlationHeader}: ${id}`]);
const formType = 'application/x-www-form-urlencoded';

/** The fastest plain load generator that is installed; nothing where none is. */
export function createLoadGenerator(folder: string): LoadGenerator | undefined {
  const wrk = versionOf('wrk', '--version');
  if (wrk !== undefined) return createWrk(`wrk ${wrk}`, folder);
  const ab = versionOf('ab', '-V');
  return ab === undefined ? undefined : createAb(`ab ${ab}`, folder);
}

function createWrk(name: string, folder: string): LoadGenerator {
  const script = join(folder, 'post.lua');
  const headers = `wrk.headers["Content-Type"] = "${formType}"\nwrk.headers["User-Agent"] = "${userAgent}"\nwrk.headers["Accept"] = "*/*"\n`;
  writeFileSync(script, `wrk.method = "POST"\nwrk.body = "${formBody}"\n${headers}`);
  const run = async (load: Load) => {
    const limits = ['-t1', `-c${load.connections}`, `-d${Math.ceil(load.seconds)}s`];
    const { output } = await runProgram('wrk', [...limits, ...idHeader(load), '-s', script, `${load.url}/comments`]);
    return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]) };
  };
  return { name, run };
}

function createAb(name: string, folder: string): LoadGenerator {
  const body = join(folder, 'body.txt');
  writeFileSync(body, formBody);
  const run = async (load: Load) => {
    const limits = ['-t', `${Math.ceil(load.seconds)}`, '-n', '1000000', '-c', `${load.connections}`];
    const request = ['-p', body, '-T', formType, '-H', `User-Agent: ${userAgent}`, ...idHeader(load)];
    const { output } = await runProgram('ab', ['-k', '-q', ...limits, ...request, `${load.url}/comments`]);
    return { perSecond: Number(/Requests per second:\s+([\d.]+)/.exec(output)?.[1]) };
  };
  return { name, run };
}
