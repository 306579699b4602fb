import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { platform } from 'node:os';
import { delimiter, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** A Chromium of this machine, in the words of Playwright: a program, or the name by which it knows an installed one. */
export type FoundBrowser = { readonly executablePath: string } | { readonly channel: string };

/** Where browsers are looked for. */
export interface BrowserPlaces {
  readonly env: Environment;
  /** Where Playwright keeps the Chromium that it has downloaded, if anybody had it do so. */
  readonly ownPath: string;
}

/** Names of Chromium and its kin on PATH: Debian's, Fedora's, and those of Chrome and Edge. */
const programs = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
];

/**
 * The browser that is driven: what `WAFPROOF_BROWSER` names (a program, or a channel such as `chrome` or `msedge`), what
 * Playwright is told by its own variable, what it has downloaded, and then what is installed. Nothing is downloaded.
 * @returns `undefined` where there is none
 */
export async function findBrowser({ env, ownPath }: BrowserPlaces): Promise<FoundBrowser | undefined> {
  const named = env['WAFPROOF_BROWSER'] ?? '';
  if (named !== '') return /[\\/]/.test(named) ? { executablePath: named } : { channel: named };
  const told = env['PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH'] ?? '';
  if (told !== '') return { executablePath: told };
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => programs.map((program) => ({ program, path: join(folder, program) })));
  const inOrder = programs.flatMap((name) => onPath.filter(({ program }) => program === name).map(({ path }) => path));
  for (const path of [ownPath, ...inOrder, ...usualPlaces(env)])
    if (await isProgram(path)) return { executablePath: path };
  return undefined;
}

/** Where installers put Chrome, Edge and Chromium on systems that have no PATH for them. */
function usualPlaces(env: Environment): readonly string[] {
  if (platform() === 'darwin') return macApplications.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (platform() !== 'win32') return [];
  const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => env[name] ?? []);
  return folders.flatMap((folder) => windowsPrograms.map((program) => join(folder, program)));
}

const macApplications = ['Google Chrome', 'Microsoft Edge', 'Chromium'];
const windowsPrograms = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
