import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { serverPort } from '../../lab/server-port.js';
import { pythonPackages } from '../../python/packages.js';

const packages = pythonPackages({
  requirements: ['moto[s3]==5.2.5', 'flask==3.1.3', 'flask-cors==6.0.5'],
  leftOut: 'the tests against S3 and CloudWatch Logs of moto',
});

/** Without Python there is no moto. */
export const isWithoutMoto = packages === undefined;

/** moto, a server in Python that stands in for AWS, on loopback. It honours quoted phrases in FilterLogEvents, and nothing else. */
export async function startMoto() {
  const port = await serverPort();
  const url = `http://127.0.0.1:${port}`;
  const program = `from moto.server import main; main(['-H', '127.0.0.1', '-p', '${port}'])`;
  const env = { ...process.env, PYTHONPATH: packages };
  const moto = spawn('python3', ['-c', program], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  moto.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  while (!(await isUp(url))) {
    if (moto.exitCode !== null) throw new Error(`moto did not start:\n${said.join('')}`);
    await delay(100);
  }
  const close = async () => {
    const ended = once(moto, 'exit');
    moto.kill();
    await ended;
  };
  return { url, close };
}

function isUp(url: string): Promise<boolean> {
  return fetch(`${url}/moto-api/data.json`).then(
    ({ ok }) => ok,
    () => false,
  );
}
