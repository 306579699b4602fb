// @ts-check
/**
 * Bundles the program, for set-up: `node src/bundle.mjs FOLDER` writes its JavaScript there. A start then reads a few files
 * instead of some hundred. What is imported by `import()` stays in files of its own, loaded when it is used; npm packages are left
 * where npm puts them. Nothing is minified, and comments stay, so that who installs the package can read what it does.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const src = dirname(fileURLToPath(import.meta.url));

/** What is started or imported from outside: the command, the engine's process, the public API. */
const entries = ['cli/main', 'waf/modsecurity/engine-process', 'index'];

const [folder = 'dist'] = process.argv.slice(2);
const bundle = await rolldown({
  cwd: dirname(src),
  input: Object.fromEntries(entries.map((name) => [name, join(src, `${name}.ts`)])),
  platform: 'node',
  external: /^[^./]/,
  tsconfig: false,
});
await bundle.write({ dir: folder, format: 'esm', sourcemap: true, chunkFileNames: 'chunks/[name].js' });
await bundle.close();
