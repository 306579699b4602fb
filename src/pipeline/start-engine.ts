import type { Attributor } from '../contract/attributor.js';
import type { EngineOptions } from '../model/options.js';
import { createAttributor } from '../waf/modsecurity/attribute.js';
import {
  type EmbeddedEngine,
  type EmbeddedEngineOptions,
  startEmbeddedEngine,
} from '../waf/modsecurity/embedded-engine.js';
import type { ModsecurityRecord } from '../waf/modsecurity/log-record.js';
import { type RuleCatalog, readCatalog } from '../waf/modsecurity/rule-catalog.js';
import { crsFolder } from '../waf/modsecurity/rule-plan.js';

export interface StartedEngine {
  readonly engine: EmbeddedEngine;
  readonly attribute: Attributor<ModsecurityRecord>;
}

/** The embedded engine, and the attributor that knows its rules. */
export async function startEngine(
  options: EngineOptions & Pick<EmbeddedEngineOptions, 'mode' | 'timeoutMs' | 'audit' | 'onlyRules'>,
): Promise<StartedEngine> {
  const engine = await startEmbeddedEngine(options);
  return { engine, attribute: createAttributor(lazyCatalog(crsFolder(options))) };
}

/** Rule files are read when the first hit needs them; a clean run never does. */
export function lazyCatalog(folder: string): () => RuleCatalog {
  let catalog: RuleCatalog | undefined;
  return () => {
    catalog ??= readCatalog(folder);
    return catalog;
  };
}
