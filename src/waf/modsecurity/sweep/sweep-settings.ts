import { readFileSync } from 'node:fs';
import { fail } from '../../../model/error.js';
import type { EngineOptions } from '../../../model/options.js';
import type { SweepParameters } from '../../../model/sweep.js';
import { type CrsSettings, readCrsSettings } from '../crs-settings.js';

/** A setting of the Core Rule Set under which a request is blocked from `threshold` points on, of rules up to `paranoia`. */
export interface LevelSetting {
  readonly paranoia: number;
  readonly threshold: number;
}

const bounds: Readonly<Record<string, readonly [number, number]>> = { paranoia: [1, 4], threshold: [1, 100_000] };

/**
 * Every level with every threshold; what is not swept is as the options or the settings of the rule set say.
 * @throws WafproofError `USAGE` for a setting that is not known, or a value that it cannot have
 */
export function levelSettings(parameters: SweepParameters, options: EngineOptions): readonly LevelSetting[] {
  for (const [name, values] of parameters) check(name, values);
  const settings = lazily(options);
  const levels = parameters.get('paranoia') ?? [options.paranoia ?? settings.number(levelNames, 1)];
  const thresholds = parameters.get('threshold') ?? [options.threshold ?? settings.number(thresholdNames, 5)];
  return levels.flatMap((paranoia) => thresholds.map((threshold) => ({ paranoia, threshold })));
}

const levelNames = ['blocking_paranoia_level', 'paranoia_level'];
const thresholdNames = ['inbound_anomaly_score_threshold'];

function check(name: string, values: readonly number[]): void {
  const bound = Object.hasOwn(bounds, name) ? bounds[name] : undefined;
  if (bound === undefined)
    throw fail('USAGE', {
      message: `--sweep knows ${Object.keys(bounds).join(' and ')}, not "${name}"`,
      command: 'check',
    });
  const [least, most] = bound;
  const wrong = values.find((value) => value < least || value > most);
  if (wrong !== undefined)
    throw fail('USAGE', {
      message: `--sweep takes a ${name} from ${least} to ${most}, not ${wrong}`,
      command: 'check',
    });
}

function lazily(options: EngineOptions) {
  let known: CrsSettings | undefined;
  return {
    number(names: readonly string[], otherwise: number): number {
      known ??= readCrsSettings({ ...options, mode: 'block' });
      const text = names.map((name) => known?.get(name)).find((value) => value !== undefined && /^\d+$/.test(value));
      return text === undefined ? otherwise : Number(text);
    },
  };
}

/**
 * Whether rules of the user's own ask for the level in force: what they do at one level tells nothing of another then, and each
 * is evaluated by itself.
 */
export function dependsOnLevel({ rulesBefore, rulesAfter, crsSetup }: EngineOptions): boolean {
  const files = [...rulesBefore, ...rulesAfter, ...(crsSetup === undefined ? [] : [crsSetup])];
  return files.some((file) => asksForLevel(readFileSync(file, 'utf8')));
}

function asksForLevel(text: string): boolean {
  const live = text.replace(/^\s*#.*$/gm, '').replace(/setvar:\s*'?tx\.\w*paranoia_level\s*=\s*\d/gi, '');
  return /paranoia_level/i.test(live);
}
