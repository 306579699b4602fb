import { fail } from '../model/error.js';
import { defaultTuneSettings, type ServerName, type TuneSettings } from '../model/tune-options.js';
import type { Arguments } from './arguments.js';

const largestRuleId = 2_147_000_000;

/** How exclusions are to be searched, priced and written, as the flags say. */
export function readTuneSettings(args: Arguments): TuneSettings {
  const attacks = args.list('attacks');
  const maxLoss = args.number('max-loss', { min: 0, max: 100 });
  const margin = args.number('margin', { min: 1 });
  const elements = args.number('elements', { min: 1, max: 100 });
  return {
    attacks: attacks.length === 0 ? defaultTuneSettings.attacks : attacks,
    dialects: args.list('dialect'),
    engines: args.list('engines'),
    endpoints: args.list('endpoint'),
    servers: args.list('on').map(readServer),
    firstId: args.number('first-id', { min: 1, max: largestRuleId }) ?? defaultTuneSettings.firstId,
    ...(args.on('allow-unread-bodies') && { allowUnreadBodies: true }),
    ...(args.on('no-cache') && { noCache: true as const }),
    ...(maxLoss !== undefined && { maxLoss }),
    ...(margin !== undefined && { margin }),
    ...(elements !== undefined && { elements }),
  };
}

function readServer(name: string): ServerName {
  if (name === 'apache' || name === 'nginx') return name;
  throw fail('USAGE', { message: `--on takes apache or nginx, not "${name}"`, command: 'tune' });
}
