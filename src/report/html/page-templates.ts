import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { packageRoot } from '../../util/package-root.js';
import type { ExclusionGroupView } from './exclusions-view.js';
import type { GroupView } from './findings-view.js';
import type { PageView } from './page-view.js';

/** What a page has besides what it shows. */
interface PageAssets {
  readonly style: string;
  readonly script: string;
  readonly policy: string;
}

/** The page before and after the data, which is too large to go through a template, and what the data has of it. */
export interface PageTemplates {
  readonly beforeData: (page: PageView & PageAssets) => string;
  readonly afterData: (assets: PageAssets) => string;
  readonly finding: (group: GroupView) => string;
  readonly exclusionGroup: (group: ExclusionGroupView) => string;
}

const folder = join(packageRoot, 'reports', 'templates');

/**
 * The templates of `reports/templates`. In `dist/` this module is another one: `src/bundle.mjs` compiles the templates
 * beforehand, so that a start does without Handlebars' compiler.
 */
export function pageTemplates(): PageTemplates {
  const handlebars = Handlebars.create();
  const texts = new Map(readTemplates(folder));
  handlebars.registerPartial(Object.fromEntries(texts));
  const compile = (text: string) => handlebars.compile(text, { strict: true });
  const [before = '', after = ''] = (texts.get('report') ?? '').split(dataPlace);
  return {
    beforeData: compile(before),
    afterData: compile(after),
    finding: compile(texts.get('finding') ?? ''),
    exclusionGroup: compile(texts.get('exclusion-group') ?? ''),
  };
}

/** Where the page has the data. */
const dataPlace = '{{{data}}}';

/** Names and texts, with line feeds only. */
function readTemplates(from: string): readonly (readonly [name: string, text: string])[] {
  const names = readdirSync(from).filter((name) => name.endsWith('.hbs'));
  return names.map((name) => [name.slice(0, -'.hbs'.length), readText(join(from, name))]);
}

function readText(path: string): string {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
}
