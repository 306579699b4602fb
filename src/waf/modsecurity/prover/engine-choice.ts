import { fail } from '../../../model/error.js';
import type { EngineOptions } from '../../../model/options.js';
import type { RunReport } from '../../../model/report.js';
import type { ServerName, TuneSettings } from '../../../model/tune-options.js';
import { type EngineName, engineNames } from '../dialects/rule-dialect.js';

/**
 * Engines by name, for which exclusions are spelled.
 * @throws WafproofError `ENGINE_UNKNOWN`
 */
export function readEngineNames(names: readonly string[]): readonly EngineName[] {
  return names.map((name) => {
    const engine = engineNames.find((one) => one === name);
    if (engine === undefined) throw fail('ENGINE_UNKNOWN', { name, known: engineNames });
    return engine;
  });
}

/** The engines that the user names; else the one that the report is of, and those of the servers that are to prove. */
export function chosenEngines(
  { engines, servers }: Pick<TuneSettings, 'engines' | 'servers'>,
  { target: { waf } }: Pick<RunReport, 'target'>,
): readonly EngineName[] {
  if (engines.length > 0) return readEngineNames(engines);
  return [...new Set([engineOf(waf.version), ...servers.map(engineIn)])];
}

/** The engine that a server runs, from its Debian packages. */
function engineIn(server: ServerName): EngineName {
  return server === 'apache' ? 'modsecurity2' : 'modsecurity3';
}

/** The engine that wrote the evidence of a report, such as `ModSecurity 2.9.7`. */
function engineOf(version = ''): EngineName {
  if (/coraza/i.test(version)) return 'coraza';
  return /\b2\.\d/.test(version) ? 'modsecurity2' : 'modsecurity3';
}

/** Level and threshold of the report, unless the user says otherwise. */
export function optionsFor({ target: { waf } }: Pick<RunReport, 'target'>, options: EngineOptions): EngineOptions {
  return {
    ...(waf.paranoia !== undefined && { paranoia: waf.paranoia }),
    ...(waf.threshold !== undefined && { threshold: waf.threshold }),
    ...options,
  };
}
