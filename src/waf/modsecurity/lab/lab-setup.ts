import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { startEchoApplication } from '../../../lab/echo-application.js';
import { type LabFolder, makeLabFolder } from '../../../lab/lab-folder.js';
import { findWorkerUser, type WorkerUser } from '../../../lab/worker-user.js';
import type { RulePart } from '../engine-protocol.js';
import { planCrs, type RuleOptions, readUserRules } from '../rule-plan.js';
import { unicodeMapFile } from '../unicode-map.js';
import type { Defined } from '../user-rules/own-channel.js';
import { findServer, type InstalledServer } from './config-test.js';
import { type LabLogs, type LogWish, prepareLogs } from './lab-log.js';
import { labRules } from './lab-rules.js';
import { labFiles, type ServerKind } from './server-kind.js';

export interface ServerLabSetup {
  readonly kind: ServerKind;
  readonly rules: RuleOptions;
  /** Port on 127.0.0.1; 0 lets the system choose. */
  readonly port: number;
  readonly log: LogWish;
  /** Where requests go that pass; an echo application by default. */
  readonly upstream?: URL;
  /** Worker processes; one a core by default. */
  readonly workers?: number;
}

/** What a server stands on. */
export interface Ground {
  readonly installed: InstalledServer;
  readonly parts: readonly RulePart[];
  /** What the user's own rules define. */
  readonly defined: Defined;
  readonly folder: LabFolder;
  /** The user's file that the server means by a name. */
  meant(file: string): string;
  readonly user: WorkerUser | undefined;
  readonly upstream: URL;
  release(): Promise<void>;
}

/**
 * A folder, an application, and a server's program: all that is there before the server is.
 * @throws WafproofError `LAB_MISSING`, `CRS_MISSING`, `RULES_NOT_FOUND`, `RULES_EXECUTE`
 */
export async function prepareGround({ kind, rules, upstream }: ServerLabSetup): Promise<Ground> {
  const installed = findServer(kind);
  const user = await findWorkerUser();
  const folder = await makeLabFolder(user);
  try {
    const loaded = loadedRules(kind, rules, folder);
    const application = upstream === undefined ? await startEchoApplication() : { url: upstream, close: nothing };
    const release = async () => {
      await application.close();
      await folder.remove();
    };
    return { installed, ...loaded, folder, user, upstream: application.url, release };
  } catch (error) {
    await folder.remove();
    throw error;
  }
}

function loadedRules({ engine }: ServerKind, rules: RuleOptions, folder: LabFolder) {
  const own = readUserRules(rules, engine, join(folder.path, 'rules'));
  const meant = (file: string) => {
    const path = folder.meant(file);
    return own.originals.get(path) ?? path;
  };
  return { parts: planCrs(rules, own), defined: own.defined, meant };
}

/** The user's own application is not ours to end. */
async function nothing(): Promise<void> {}

/**
 * Writes the files that the server reads.
 * @throws WafproofError `OUTPUT_UNWRITABLE`
 */
export async function writeConfiguration(setup: ServerLabSetup, ground: Ground, port: number): Promise<LabLogs> {
  const { kind, rules, log, workers = availableParallelism() } = setup;
  const { folder, parts, defined, user, upstream } = ground;
  const logs = await prepareLogs(log, folder, user);
  const { modules } = ground.installed;
  const plan = { port, upstream, errorLog: logs.errorLog, modules, workers, ...(user !== undefined && { user }) };
  await folder.write(labFiles.server, kind.configuration(plan));
  const { auditLog } = logs;
  const settings = {
    engine: kind.engine,
    mode: rules.mode,
    unicodeMap: await unicodeMap(kind, folder),
    parts,
    defined,
  };
  const wanted = { ...settings, ...(auditLog !== undefined && { log: auditLog }) };
  await folder.write(labFiles.rules, await labRules(wanted, folder.spell));
  return logs;
}

/** The package's table, where there is one. */
async function unicodeMap(kind: ServerKind, folder: LabFolder): Promise<string> {
  if (existsSync(kind.unicodeMap)) return kind.unicodeMap;
  await folder.write(labFiles.unicodeMap, unicodeMapFile());
  return labFiles.unicodeMap;
}
