import type { Action } from './rules.js';
import type { Effect, Selector } from './unit.js';

/** Settings of the Core Rule Set, in lower case, that let more through when they are raised or lengthened (crs-setup.conf). */
const lenient =
  /^tx\.(?:(?:in|out)bound_anomaly_score_(?:threshold|level)|allowed_\w+|max_\w+|arg_\w+|total_arg_length|combined_file_sizes|crs_exclusions_\w+)$/;

/** Levels and points: they are exclusions where a rule sets them for some requests only. */
const levels =
  /^tx\.(?:(?:executing_|blocking_|detection_)?paranoia_level|(?:critical|error|warning|notice)_anomaly_score|sampling_percentage)$/;

/** The score itself, from which points are taken. */
const score = /^tx\.(?:(?:in|out)bound_|blocking_inbound_)?anomaly_score(?:_pl\d)?$/;

const engineModes = ['off', 'detectiononly'] as const;

/**
 * What an action of a rule excludes; nothing where it is no exclusion.
 * @param isConditional whether the rule acts on some requests only
 */
export function effectOfAction({ name, value }: Action, isConditional: boolean): Effect | undefined {
  if (name === 'allow') return { kind: 'allow' };
  if (name === 'setvar') return settingOf(value, isConditional);
  return name === 'ctl' ? ctlEffect(value) : undefined;
}

function settingOf(text: string, isConditional: boolean): Effect | undefined {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(equals, 0)).trim().toLowerCase();
  const value = text.slice(equals + 1);
  const excludes =
    lenient.test(name) || (levels.test(name) && isConditional) || (score.test(name) && value.startsWith('-'));
  return excludes ? { kind: 'setting', name: name.slice('tx.'.length), value } : undefined;
}

function ctlEffect(text: string): Effect | undefined {
  const equals = text.indexOf('=');
  const option = text.slice(0, Math.max(equals, 0)).trim().toLowerCase();
  const value = text.slice(equals + 1);
  if (option === 'ruleengine') {
    const mode = engineModes.find((one) => one === value.toLowerCase());
    return mode === undefined ? undefined : { kind: 'engine', value: mode };
  }
  if (option === 'requestbodyaccess') return value.toLowerCase() === 'off' ? { kind: 'no-body' } : undefined;
  const [, target, by] = /^ruleremove(target)?by(id|tag|msg)$/.exec(option) ?? [];
  if (by !== 'id' && by !== 'tag' && by !== 'msg') return undefined;
  return target === undefined ? { kind: 'remove-rule', rules: select(by, value) } : targetEffect(by, value);
}

/** `942100;ARGS:comment`: what stands behind the first semicolon is the target. */
function targetEffect(by: Selector['by'], text: string): Effect {
  const semicolon = text.indexOf(';');
  const rules = select(by, semicolon < 0 ? text : text.slice(0, semicolon));
  return { kind: 'remove-target', rules, target: semicolon < 0 ? '' : text.slice(semicolon + 1) };
}

function select(by: Selector['by'], text: string): Selector {
  return { by, text: text.trim(), quoted: false };
}
