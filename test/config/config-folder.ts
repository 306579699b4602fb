import { type Config, loadConfig } from '../../src/config/config-file.js';
import { WafproofError } from '../../src/model/error.js';
import { folderOf } from '../suite/suite-folder.js';

/** The config of a folder whose `wafproof.config.yaml` has this text. */
export async function configOf(text: string | Uint8Array): Promise<Config> {
  return loadConfig({ cwd: await folderOf({ 'wafproof.config.yaml': text }) });
}

/** What is wrong with a config, a line for each problem, without the name of the file. */
export async function problemsOf(text: string | Uint8Array): Promise<readonly string[]> {
  const error: unknown = await configOf(text).then(
    () => undefined,
    (thrown) => thrown,
  );
  if (error instanceof WafproofError) return error.message.replaceAll('wafproof.config.yaml', '').split('\n');
  throw error ?? new Error('nothing is wrong');
}
