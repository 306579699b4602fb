import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail } from '../model/error.js';
import { reasonOf } from '../util/reason-of.js';

const config = `# Where cases are sent. "wafproof run --target staging" uses the first one.
targets:
  staging:
    url: http://localhost:8080
    waf: { kind: modsecurity, log: audit.log }
    limits: { connections: 8 }
    attacks: false
suites: [suites/**/*.yaml]
`;

const suite = `suite: Comments
defaults:
  method: POST
  path: /api/comments
  tags: [comments]
cases:
  - id: sql-question
    title: A question that quotes SQL
    because: Support staff paste SQL all day
    form:
      comment: "SELECT name FROM users WHERE id = 1 OR 1=1; -- how does this work?"
  - id: names
    title: Names as people have them
    form: { author: !each wafproof:legitimate/names, comment: Thank you! }
`;

const files: Readonly<Record<string, string>> = { 'wafproof.config.yaml': config, 'suites/comments.yaml': suite };

/**
 * Writes a first config and suite into a folder; files that are there stay as they are. Both lists are of paths in it.
 * @throws WafproofError `OUTPUT_UNWRITABLE`
 */
export async function init(
  folder: string,
): Promise<{ readonly written: readonly string[]; readonly kept: readonly string[] }> {
  const written: string[] = [];
  const kept: string[] = [];
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    if (await exists(path)) {
      kept.push(name);
      continue;
    }
    await writeNew(path, content);
    written.push(name);
  }
  return { written, kept };
}

async function writeNew(path: string, content: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { flag: 'wx' });
  } catch (cause) {
    throw fail(
      'OUTPUT_UNWRITABLE',
      { reason: reasonOf(cause), advice: 'run "wafproof init" in a folder where you may write' },
      { place: { file: path }, cause },
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
