import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../../lab/loopback-port.js';
import type { RunningProxy } from '../../../lab/reverse-proxy.js';
import { type ServerProcess, startServerProcess } from '../../../lab/server-process.js';
import { fail, type WafproofError } from '../../../model/error.js';
import type { WafInfo } from '../../../model/report.js';
import { startError, testConfiguration } from './config-test.js';
import { endOf, knock, pauseMs, readInfo } from './lab-info.js';
import { type Ground, prepareGround, type ServerLabSetup, writeConfiguration } from './lab-setup.js';

export interface ServerLab extends RunningProxy {
  /** The WAF, as its own answer to a request tells. */
  readonly waf: WafInfo;
}

const startTimeoutMs = 20_000;
const infoTimeoutMs = 3000;

/**
 * Starts a web server with ModSecurity on loopback, from its installed packages and a configuration of its own in a
 * temporary folder. It takes no root, and it ends with this process, however that ends.
 * @throws WafproofError `LAB_MISSING`, `LAB_PORT`, `LAB_START`, `CRS_MISSING`, `RULES_INVALID`, `RULES_NOT_FOUND`,
 * `RULES_EXECUTE`, `OUTPUT_UNWRITABLE`
 */
export async function startServerLab(setup: ServerLabSetup): Promise<ServerLab> {
  const port = await freePort(setup.port);
  const ground = await prepareGround(setup);
  try {
    const { errorLog } = await writeConfiguration(setup, ground, port);
    await testConfiguration(setup.kind, ground.installed.program, ground);
    return await launch(setup, ground, port, resolve(ground.folder.path, errorLog));
  } catch (error) {
    await ground.release();
    throw error;
  }
}

async function launch(setup: ServerLabSetup, ground: Ground, port: number, errorLog: string): Promise<ServerLab> {
  const { kind, rules } = setup;
  const { path } = ground.folder;
  const logEnd = await endOf(errorLog);
  const server = startServerProcess([ground.installed.program, ...kind.startArguments(path)], path);
  try {
    await firstAnswer(server, port);
    const waf = await readInfo(errorLog, logEnd, rules.mode, infoTimeoutMs);
    if (server.hasEnded()) throw notStarted(setup, ground, port, server.output());
    return { url: `http://localhost:${port}`, waf, close: () => server.stop().then(ground.release) };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** Returns when the server answers or has ended: who answers is known from the log. */
async function firstAnswer(server: ServerProcess, port: number): Promise<void> {
  const deadline = performance.now() + startTimeoutMs;
  while (!server.hasEnded() && !(await knock(port))) {
    if (performance.now() > deadline) return server.stop();
    await delay(pauseMs);
  }
}

function notStarted(setup: ServerLabSetup, ground: Ground, port: number, output: string): WafproofError {
  const taken = /Address already in use|Permission denied.*bind/i.exec(output)?.[0];
  if (taken !== undefined) return fail('LAB_PORT', { port, reason: taken });
  const silence = `it did not answer in ${startTimeoutMs / 1000} seconds`;
  return startError(setup.kind, output.trim() || silence, ground);
}
