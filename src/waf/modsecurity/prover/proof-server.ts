import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProofServer, StartedServer } from '../../../contract/prover.js';
import type { ReportFile } from '../../../contract/reporter.js';
import type { EngineOptions } from '../../../model/options.js';
import type { ServerName, TuneSettings } from '../../../model/tune-options.js';
import { makeTemporaryFolder } from '../../../util/temporary-folder.js';
import { hasJsonBody } from '../json-body.js';
import { apacheServer } from '../lab/apache-server.js';
import { nginxServer } from '../lab/nginx-server.js';
import { startServerLab } from '../lab/server-lab.js';
import { possibilities } from './possibilities.js';

/** Servers read the Core Rule Set's own pair of files; other dialects are for servers that are set up by hand. */
const dialectOfServers = 'modsecurity';

/** A server from Debian's packages, with the Core Rule Set and the user's own rules. */
export function proofServer(
  name: ServerName,
  engine: EngineOptions,
  { allowUnreadBodies }: Pick<TuneSettings, 'allowUnreadBodies'> = {},
): ProofServer {
  return {
    name,
    reads: (dialect) => dialect.name === dialectOfServers,
    possibilities: (dialect) =>
      possibilities(dialect, engine, {
        hasJsonNames: (request) => name !== 'apache' && hasJsonBody(request),
        allowUnreadBodies,
      }),
    start: (files) => startWith(name, engine, files),
  };
}

/** @param files the pair that is read before and after the Core Rule Set; none for the server as it is */
async function startWith(
  name: ServerName,
  engine: EngineOptions,
  files: readonly ReportFile[],
): Promise<StartedServer> {
  const folder = await makeTemporaryFolder('tune');
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    const [before, after] = await Promise.all(files.map((file) => writeInto(folder, file)));
    const log = join(folder, 'audit.log');
    const rules = {
      rulesBefore: [...engine.rulesBefore, ...(before === undefined ? [] : [before])],
      rulesAfter: [...(after === undefined ? [] : [after]), ...engine.rulesAfter],
    };
    const lab = await startServerLab({
      kind: name === 'apache' ? apacheServer : nginxServer,
      rules: { ...engine, ...rules, mode: 'block' },
      port: 0,
      log: { format: 'json', file: log },
      ...(engine.workers !== undefined && { workers: engine.workers }),
    });
    const close = async () => {
      await lab.close();
      await removeFolder();
    };
    const target = { url: lab.url, waf: { kind: 'modsecurity', log } } as const;
    return { target, engine: lab.waf.version ?? name, close };
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

async function writeInto(folder: string, { name, content }: ReportFile): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}
