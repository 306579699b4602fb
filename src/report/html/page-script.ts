import { join } from 'node:path';
import { packageRoot } from '../../util/package-root.js';

/**
 * The script of the page as one text: `reports/templates/script/main.js` with all that it imports, some of it from this
 * room. In `dist/` this module is another one: `src/bundle.mjs` bundles the script beforehand.
 */
export async function pageScript(): Promise<string> {
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({ input: join(packageRoot, 'reports/templates/script/main.js'), tsconfig: false });
  const { output } = await bundle.generate({ format: 'esm', minify: true });
  await bundle.close();
  return escapeInvisible(output[0].code);
}

/** Strings and patterns have their escapes back that the bundler wrote as characters. */
function escapeInvisible(code: string): string {
  return code.replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
