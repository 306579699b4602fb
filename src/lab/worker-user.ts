import { readFile } from 'node:fs/promises';
import { userInfo } from 'node:os';

/** The user that worker processes run as where root starts a server. */
export interface WorkerUser {
  readonly name: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
}

/** Users without rights of their own, the one of web servers first. */
const candidates = ['www-data', 'www', 'nobody'];

/** Nothing unless root asks: only root can start a process as somebody else. */
export async function findWorkerUser(): Promise<WorkerUser | undefined> {
  if (userInfo().uid !== 0) return undefined;
  const users = await readTable('/etc/passwd');
  const groups = await readTable('/etc/group');
  const row = candidates.flatMap((name) => users.filter(([given]) => given === name))[0];
  if (row === undefined) return undefined;
  const [name = '', , uid, gid] = row;
  const group = groups.find(([, , id]) => id === gid)?.[0];
  return group === undefined ? undefined : { name, group, uid: Number(uid), gid: Number(gid) };
}

async function readTable(path: string): Promise<readonly (readonly string[])[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').map((line) => line.split(':'));
}
