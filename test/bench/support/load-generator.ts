import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { correlationHeader } from '../../../src/model/correlation.js';
import type { Pair } from '../../../src/model/request.js';
import { formText } from '../../../src/request/read-body.js';
import { runProgram } from './child.js';
import { versionOf } from './machine.js';

/** What a client is to do. */
export interface Load {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** What the ids of a plain load generator begin with, so that a WAF has to log them; default: it sends none. */
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
export const formFields: readonly Pair[] = [
  ['name', 'Grace Ndlovu'],
  ['email', 'grace@example.org'],
  ['comment', 'Are you open on the first of May'],
];
const formBody = formText(formFields);
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

/** Each request has an id of its own, as those of `run` have. */
function createWrk(name: string, folder: string): LoadGenerator {
  const script = join(folder, 'post.lua');
  const headers = `wrk.headers["Content-Type"] = "${formType}"\nwrk.headers["User-Agent"] = "${userAgent}"\nwrk.headers["Accept"] = "*/*"\n`;
  const request = `wrk.method = "POST"\nwrk.body = "${formBody}"\n${headers}`;
  const run = async (load: Load) => {
    writeFileSync(script, `${request}${load.id === undefined ? '' : luaIds(load.id)}`);
    const limits = ['-t1', `-c${load.connections}`, `-d${Math.ceil(load.seconds)}s`];
    const { output } = await runProgram('wrk', [...limits, '-s', script, `${load.url}/comments`]);
    return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]) };
  };
  return { name, run };
}

function luaIds(prefix: string): string {
  const next = `n = n + 1\n  wrk.headers["${correlationHeader}"] = "${prefix}" .. n`;
  return `local n = 0\nrequest = function()\n  ${next}\n  return wrk.format()\nend\n`;
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
