import { execFileSync } from 'node:child_process';

/** The processes of the servers that this process runs in labs, masters before their workers. */
export function serverProcesses(): readonly number[] {
  const listed = execFileSync('ps', ['-ww', '-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).trim().split('\n');
  const all = listed.map((line) => {
    const [, pid = '', parent = '', command = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return { pid: Number(pid), parent: Number(parent), command };
  });
  const below = (parent: number): typeof all =>
    all.filter((one) => one.parent === parent).flatMap((one) => [one, ...below(one.pid)]);
  return below(process.pid)
    .filter(({ command }) => /^(?:\S*\/(?:apache2|httpd|nginx) |nginx: )/.test(command))
    .map(({ pid }) => pid);
}

/** The process that the others belong to, and which takes signals. */
export function master(): number {
  const [first] = serverProcesses();
  if (first === undefined) throw new Error('no server is running');
  return first;
}
