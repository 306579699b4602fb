import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createHtmlReporter } from '../../../src/report/html/html-reporter.js';
import { packageRoot } from '../../../src/util/package-root.js';
import { folderOf } from '../../suite/suite-folder.js';
import { hostileReport } from '../hostile-report.js';
import { wholeText } from '../rendered-text.js';
import { sampleReport } from '../sample-report.js';
import { tunedReport } from '../tuned-report.js';

const api = pathToFileURL(join(packageRoot, 'dist/index.js'));
const program = `
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { publish } from '${api}';

for (const name of ['sample', 'hostile', 'tuned'])
  await publish(JSON.parse(readFileSync(name + '.json', 'utf8')), { reporters: ['html'], out: name });
const modules = Object.keys(createRequire(import.meta.url).cache);
console.log(modules.filter((path) => path.includes('/handlebars/compiler/')).length, 'modules of the compiler');
`;

test('the package has the templates as they are, compiled beforehand', async () => {
  const cwd = await folderOf({ 'program.mjs': program });
  const reports = { sample: sampleReport(), hostile: hostileReport(), tuned: tunedReport() };
  for (const [name, report] of Object.entries(reports)) {
    await writeFile(join(cwd, `${name}.json`), JSON.stringify(report));
  }
  const { stdout } = await promisify(execFile)(process.execPath, ['program.mjs'], { cwd });
  expect(stdout).toBe('0 modules of the compiler\n');
  for (const [name, report] of Object.entries(reports)) {
    const { files } = await createHtmlReporter().render(JSON.parse(JSON.stringify(report)));
    expect(await readFile(join(cwd, name, 'report.html'), 'utf8')).toBe(await wholeText(files[0]));
  }
});
