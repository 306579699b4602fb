import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { folderOf } from '../suite/suite-folder.js';
import { sampleReport } from './sample-report.js';

const api = pathToFileURL(join(packageRoot, 'dist/index.js'));
const program = `
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { publish } from '${api}';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const modules = createRequire(import.meta.url).cache;
for (const name of ['terminal', 'json', 'junit', 'sarif', 'markdown', 'github', 'gitlab', 'csv', 'html']) {
  await publish(report, { reporters: [name], out: process.argv[3] });
  const isLoaded = Object.keys(modules).some((path) => path.includes('/node_modules/handlebars/'));
  console.log(name, isLoaded);
}
`;

test('the package has each reporter, and Handlebars is loaded only for html', async () => {
  const folder = await folderOf({ 'program.mjs': program });
  await writeFile(join(folder, 'report.json'), JSON.stringify(sampleReport()));
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(folder, 'program.mjs'),
    join(folder, 'report.json'),
    folder,
  ]);
  const light = ['terminal', 'json', 'junit', 'sarif', 'markdown', 'github', 'gitlab', 'csv'];
  expect(stdout).toBe(`${light.map((name) => `${name} false\n`).join('')}html true\n`);
});
