import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { folderOf } from '../suite/suite-folder.js';
import { sampleReport } from './sample-report.js';

const module = pathToFileURL(join(packageRoot, 'dist/report/reporters.js'));
const program = `
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { reporters } from '${module}';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const modules = createRequire(import.meta.url).cache;
for (const name of ['terminal', 'json', 'html']) {
  const reporter = await reporters.get(name)();
  if (name !== 'html') await reporter.render(report);
  const isLoaded = Object.keys(modules).some((path) => path.includes('/node_modules/handlebars/'));
  console.log(reporter.name, isLoaded);
}
`;

test('reporters carry their names, and Handlebars is loaded only for html', async () => {
  const folder = await folderOf({ 'program.mjs': program });
  await writeFile(join(folder, 'report.json'), JSON.stringify(sampleReport()));
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(folder, 'program.mjs'),
    join(folder, 'report.json'),
  ]);
  expect(stdout).toBe('terminal false\njson false\nhtml true\n');
});
