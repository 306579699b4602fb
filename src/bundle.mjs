// @ts-check
/**
 * Bundles the program, for set-up: `node src/bundle.mjs FOLDER` writes its JavaScript there. A start then reads a few files
 * instead of some hundred. What is imported by `import()` stays in files of its own, loaded when it is used; npm packages are left
 * where npm puts them. The templates of pages are compiled. Nothing is minified, and comments stay, so that who installs the
 * package can read what it does.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const src = dirname(fileURLToPath(import.meta.url));

/** What is started or imported from outside: the command, the engine's process, the public API, matchers. */
const entries = ['cli/main', 'waf/modsecurity/engine-process', 'index', 'matchers/vitest', 'matchers/jest'];

/** Stands in for the module that compiles the templates of pages each time. */
const compiledTemplates = {
  name: 'compiled-templates',
  load: { filter: { id: join(src, 'report/html/page-templates.ts') }, handler: pageTemplates },
};

async function pageTemplates() {
  const { default: Handlebars } = await import('handlebars');
  /** @param {string} text */
  const compiled = (text) => `handlebars.template(${Handlebars.precompile(text, { strict: true })})`;
  const from = join(dirname(src), 'reports/templates');
  const names = readdirSync(from).filter((name) => name.endsWith('.hbs'));
  const texts = new Map(names.map((name) => [name.slice(0, -'.hbs'.length), textOf(join(from, name))]));
  const [before = '', after = ''] = (texts.get('report') ?? '').split('{{{data}}}');
  texts.delete('report');
  const partials = [...texts].map(([name, text]) => `handlebars.partials['${name}'] = ${compiled(text)};`);
  return `import Handlebars from 'handlebars/runtime.js';
const handlebars = Handlebars.create();
${partials.join('\n')}
const beforeData = ${compiled(before)};
const afterData = ${compiled(after)};
export function pageTemplates() {
  const { finding, 'exclusion-group': exclusionGroup } = handlebars.partials;
  return { beforeData, afterData, finding, exclusionGroup };
}
`;
}

/** Stands in for the module that bundles the script of the page each time. */
const bundledScript = {
  name: 'bundled-script',
  load: { filter: { id: join(src, 'report/html/page-script.ts') }, handler: pageScript },
};

async function pageScript() {
  const input = join(dirname(src), 'reports/templates/script/main.js');
  const bundle = await rolldown({ input, tsconfig: false });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  // Strings and patterns have their escapes back that the bundler wrote as characters.
  const escaped = (/** @type {string} */ char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return `const script = ${JSON.stringify(output[0].code.replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, escaped))};
export async function pageScript() {
  return script;
}
`;
}

/** @param {string} path */
function textOf(path) {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
}

const [folder = 'dist'] = process.argv.slice(2);
const bundle = await rolldown({
  cwd: dirname(src),
  input: Object.fromEntries(entries.map((name) => [name, join(src, `${name}.ts`)])),
  platform: 'node',
  external: /^[^./]/,
  plugins: [compiledTemplates, bundledScript],
  tsconfig: false,
});
await bundle.write({ dir: folder, format: 'esm', sourcemap: true, chunkFileNames: 'chunks/[name].js' });
await bundle.close();
