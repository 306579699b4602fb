import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/util/package-root.js';

/** A command of a page, with what the page says that it prints or writes. */
export interface PageStep {
  readonly command: string;
  /** Lines of the blocks that follow, by their language. */
  readonly shown: Readonly<Record<string, readonly string[]>>;
}

export interface Page {
  /** The test that the page begins with. */
  readonly test: string;
  readonly steps: readonly PageStep[];
}

/** The commands of a page in `.github`, in their order. */
export function readPage(name: string): Page {
  const text = readFileSync(join(packageRoot, '.github', name), 'utf8');
  const blocks = [...text.matchAll(/^```(\w+)\n(.*?)^```/gms)].map(([, language = '', content = '']) => ({
    language,
    content,
  }));
  const steps: { command: string; shown: Record<string, readonly string[]> }[] = [];
  for (const { language, content } of blocks) {
    const last = steps.at(-1);
    if (language === 'sh') steps.push({ command: content.trim(), shown: {} });
    else if (last !== undefined) last.shown[language] = content.trim().split('\n');
  }
  return { test: blocks.find(({ language }) => language === 'ts')?.content ?? '', steps };
}

/** The lines of a page that are not in a text in that order; a text may have others between them. */
export function missingFrom(text: string, lines: readonly string[] = []): readonly string[] {
  let from = 0;
  return lines.filter((line) => {
    const at = text.indexOf(line.trim(), from);
    if (at >= 0) from = at + line.trim().length;
    return at < 0;
  });
}
