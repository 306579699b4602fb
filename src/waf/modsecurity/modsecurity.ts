import koffi from 'koffi';
import type { WireRequest } from '../../model/request.js';
import type { RulePart } from './engine-protocol.js';
import { type Api, bindLibrary, type Intervention, type Pointer } from './library-api.js';
import { type RuleSet, ruleLoader } from './load-rules.js';

/** The status of a client that nothing stopped: what the application would answer is not known, so 200 stands for it. */
const passedStatus = 200;
/** An address of the documentation range (RFC 5737), so that no rule about private networks is involved. */
const client = { address: '198.51.100.7', port: 49152 };
const server = { address: '127.0.0.1', port: 80 };

export interface EngineAnswer {
  readonly status: number;
  readonly blocked: boolean;
  /** The engine's words, where it refused without any rule: a body over `SecRequestBodyLimit`. */
  readonly reason?: string;
}

/** One ModSecurity instance, through the library's C API (modsecurity.h, transaction.h, rules_set.h). */
export interface ModSecurity {
  readonly version: string;
  /** @throws RuleError when the engine refuses a part */
  loadRules(parts: readonly RulePart[]): RuleSet;
  /** Gives the memory of rules back, with which nothing is evaluated any more. */
  freeRules(rules: RuleSet): void;
  /** Runs one transaction through all phases, with an empty answer of the application. */
  evaluate(rules: RuleSet, request: WireRequest, transactionId: string): EngineAnswer;
}

export function openModSecurity(libraryPath: string): ModSecurity {
  const api = bindLibrary(libraryPath);
  const rules = ruleLoader(api);
  const instance: Pointer = api.init();
  api.setConnectorInfo(instance, 'Wafproof');
  // Without a callback the engine writes each hit to standard error as well; the audit log has them all.
  api.setLogCallback(
    instance,
    koffi.register(() => undefined, 'ModSecurityLogCallback *'),
  );
  return {
    version: /v(\d+\.\d+\.\d+)/.exec(api.whoAmI(instance))?.[1] ?? 'unknown',
    loadRules: (parts) => rules.load(parts),
    freeRules: (loaded) => rules.free(loaded),
    evaluate: (loaded, request, id) => evaluate(api, instance, loaded, request, id),
  };
}

function evaluate(api: Api, instance: Pointer, rules: RuleSet, request: WireRequest, id: string): EngineAnswer {
  const transaction: Pointer = api.newTransaction(instance, rules.pointer, id, null);
  try {
    const stopped = runPhases(api, transaction, request);
    const status = stopped?.status ?? passedStatus;
    api.updateStatus(transaction, status);
    api.logging(transaction);
    const { reason } = stopped ?? {};
    return { status, blocked: stopped !== undefined, ...(reason !== undefined && { reason }) };
  } finally {
    api.cleanup(transaction);
  }
}

/** Phases 1 to 4, as far as the engine lets them run; the refusal where it does not. */
function runPhases(api: Api, transaction: Pointer, request: WireRequest): Stop | undefined {
  api.connection(transaction, client.address, client.port, server.address, server.port);
  api.uri(transaction, request.target, request.method, '1.1');
  addHeaders(api, transaction, request);
  const phases: readonly (() => void)[] = [
    () => api.requestHeaders(transaction),
    () => {
      if (request.body.length > 0) api.appendBody(transaction, request.body, request.body.length);
      api.requestBody(transaction);
    },
    () => api.responseHeaders(transaction, passedStatus, 'HTTP 1.1'),
    () => api.responseBody(transaction),
  ];
  for (const phase of phases) {
    phase();
    const stopped = takeIntervention(api, transaction);
    if (stopped !== undefined) return stopped;
  }
  return undefined;
}

function addHeaders(api: Api, transaction: Pointer, request: WireRequest): void {
  for (const [name, value] of request.headers) {
    const key = Buffer.from(name);
    const text = Buffer.from(value);
    api.requestHeader(transaction, key, key.length, text, text.length);
  }
}

type Stop = Pick<EngineAnswer, 'status' | 'reason'>;

function takeIntervention(api: Api, transaction: Pointer): Stop | undefined {
  const it: Intervention = { status: passedStatus, pause: 0, url: null, log: null, disruptive: 0 };
  api.intervention(transaction, it);
  const log: string = it.log === null ? '' : koffi.decode(it.log, 'char', -1);
  if (it.log !== null) api.free(it.log);
  if (it.url !== null) api.free(it.url);
  if (it.disruptive === 0) return undefined;
  return { status: it.status, ...(/^Request body limit is/.test(log) && { reason: log }) };
}
