import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/util/package-root.js';
import { packedFiles } from '../package/packed-files.js';

const guides = readdirSync(join(packageRoot, '.github')).filter((name) => name.endsWith('.md'));
const pages = ['README.md', ...guides.map((name) => `.github/${name}`)];

let packed: readonly string[];

beforeAll(async () => {
  packed = await packedFiles();
});

it('the package has the README and every guide', () => {
  expect(packed).toEqual(expect.arrayContaining(pages));
});

it('the package has what a user runs and copies from, and nothing that only its authors need', () => {
  const tops = new Set(packed.map((path) => path.split('/')[0]));
  expect([...tops].sort()).toEqual(
    ['.github', 'LICENSE', 'README.md', 'corpora', 'dist', 'package.json', 'reports', 'suites'].sort(),
  );
  expect(packed.filter((path) => /^\.github\/(?!examples\/|[^/]+\.md$)/.test(path))).toEqual([]);
});

describe.each(pages)('links of %s', (page) => {
  const links = linksOf(page);

  it('lead to files of the tree', () => {
    expect(links.filter(({ path }) => !existsSync(join(packageRoot, path)))).toEqual([]);
  });

  it('lead to files of the package', () => {
    expect(links.filter(({ path }) => !isPacked(path) && !isPicture(path))).toEqual([]);
  });

  it('name headings that are there', () => {
    const named = links.filter(({ heading }) => heading !== undefined);
    expect(named.filter(({ path, heading = '' }) => !headingsOf(path).includes(heading))).toEqual([]);
  });
});

interface Link {
  /** From the top of the tree. */
  readonly path: string;
  readonly heading?: string;
}

/** Those that are relative. */
function linksOf(page: string): readonly Link[] {
  const targets = [...textOf(page).matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g)].map(([, target = '']) => target);
  return targets.map((target) => {
    const [path = '', heading] = target.split('#');
    return {
      path: path === '' ? page : posix.join(posix.dirname(page), path),
      ...(heading !== undefined && { heading }),
    };
  });
}

/** Pictures are for whoever reads the pages in the repository: the package does without their weight. */
function isPicture(path: string): boolean {
  return /^\.github\/pictures\/[\w-]+\.png$/.test(path);
}

/** A link may lead to a folder. */
function isPacked(path: string): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  return packed.some((one) => one === path || one.startsWith(folder));
}

/** As GitHub names them. */
function headingsOf(page: string): readonly string[] {
  return [...textOf(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\- _]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function textOf(page: string): string {
  return readFileSync(join(packageRoot, page), 'utf8');
}
