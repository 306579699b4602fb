/**
 * Measures Wafproof against the plainest program that does the same work, on this machine and in one go:
 *
 *   npm run bench [-- name…] [-- --quick]
 *
 * Every bench is a script beside this one with a docstring that says how to read it, and runs in a process of its own. Nothing
 * here fails: figures of a busy machine are no verdict. Contestants are measured in turn, round by round, and a ratio is
 * the median of the ratios of each round, since everything else on the machine moves absolute figures.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describeMachine, isQuick, versionOf } from './support/machine.js';

const benches = [
  'engine',
  'acl',
  'memory',
  'startup',
  'logs',
  'linear',
  'wrk',
  'serial',
  'ftw',
  'minimize',
  'tune',
  'tune-five',
  'tune-all',
  'audit',
  'report',
  'triage',
  'million',
];
/** However slow the machine is, a bench ends. */
const usualLimitSeconds = isQuick ? 60 : 180;
const longLimitSeconds: Readonly<Record<string, number>> = {
  million: isQuick ? 600 : 3600,
  'tune-all': 1200,
};

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const chosen = benches.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));

console.log(describeMachine());
console.log(`npm ${versionOf('npm', '--version')}; medians of interleaved rounds; CPU time is steadier than rates`);
if (chosen.length === 0) console.log(`no bench is called "${wanted.join(' ')}"; there are ${benches.join(', ')}`);
for (const name of chosen) await runBench(name);

/** A bench leads a process group, so that whatever it has started ends with it. */
async function runBench(name: string): Promise<void> {
  console.log(`\n${name}`);
  const script = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  const bench = spawn(process.execPath, [script, ...(isQuick ? ['--quick'] : [])], {
    detached: true,
    stdio: 'inherit',
  });
  const end = () => endGroup(bench.pid);
  const limitSeconds = longLimitSeconds[name] ?? usualLimitSeconds;
  const timer = setTimeout(() => {
    console.log(`  given up after ${limitSeconds} s`);
    end();
  }, limitSeconds * 1000);
  const interrupt = () => {
    end();
    process.exit(130);
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  await once(bench, 'close');
  clearTimeout(timer);
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  end();
}

function endGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, 'SIGKILL');
  } catch {
    // Nothing of the group is left.
  }
}
