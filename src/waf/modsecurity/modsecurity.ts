import { readFileSync } from 'node:fs';
import koffi from 'koffi';
import type { WireRequest } from '../../model/request.js';
import type { RulePart } from './engine-protocol.js';

type Pointer = unknown;

/** libmodsecurity's `ModSecurityIntervention` (intervention.h). `url` and `log` belong to the caller, who must free them. */
interface Intervention {
  status: number;
  pause: number;
  url: Pointer;
  log: Pointer;
  disruptive: number;
}

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

/** Rules as loaded into the engine. */
export type RuleSet = { readonly pointer: Pointer };

export class RuleError extends Error {
  override readonly name = 'RuleError';
  readonly part: RulePart;

  constructor(part: RulePart, message: string) {
    super(message);
    this.part = part;
  }
}

/** One ModSecurity instance, through the library's C API (modsecurity.h, transaction.h, rules_set.h). */
export interface ModSecurity {
  readonly version: string;
  /** @throws RuleError when the engine refuses a part */
  loadRules(parts: readonly RulePart[]): RuleSet;
  /** Runs one transaction through all phases, with an empty answer of the application. */
  evaluate(rules: RuleSet, request: WireRequest, transactionId: string): EngineAnswer;
}

export function openModSecurity(libraryPath: string): ModSecurity {
  const api = bind(libraryPath);
  const instance: Pointer = api.init();
  api.setConnectorInfo(instance, 'Wafproof');
  // Without a callback the engine writes each hit to standard error as well; the audit log has them all.
  api.setLogCallback(
    instance,
    koffi.register(() => undefined, 'ModSecurityLogCallback *'),
  );
  return {
    version: /v(\d+\.\d+\.\d+)/.exec(api.whoAmI(instance))?.[1] ?? 'unknown',
    loadRules: (parts) => loadRules(api, parts),
    evaluate: (rules, request, id) => evaluate(api, instance, rules, request, id),
  };
}

type Api = ReturnType<typeof bind>;

function bind(libraryPath: string) {
  const library = koffi.load(libraryPath);
  const c = koffi.load(null);
  koffi.struct('ModSecurityIntervention', {
    status: 'int',
    pause: 'int',
    url: 'void *',
    log: 'void *',
    disruptive: 'int',
  });
  koffi.proto('void ModSecurityLogCallback(void *, const void *)');
  const f = (signature: string) => library.func(signature);
  return {
    free: c.func('void free(void *)'),
    init: f('void *msc_init()'),
    whoAmI: f('const char *msc_who_am_i(void *)'),
    setConnectorInfo: f('void msc_set_connector_info(void *, const char *)'),
    setLogCallback: f('void msc_set_log_cb(void *, ModSecurityLogCallback *)'),
    createRules: f('void *msc_create_rules_set()'),
    addFile: f('int msc_rules_add_file(void *, const char *, _Out_ void **)'),
    addText: f('int msc_rules_add(void *, const char *, _Out_ void **)'),
    newTransaction: f('void *msc_new_transaction_with_id(void *, void *, const char *, void *)'),
    connection: f('int msc_process_connection(void *, const char *, int, const char *, int)'),
    uri: f('int msc_process_uri(void *, const char *, const char *, const char *)'),
    requestHeader: f('int msc_add_n_request_header(void *, const uint8_t *, size_t, const uint8_t *, size_t)'),
    requestHeaders: f('int msc_process_request_headers(void *)'),
    appendBody: f('int msc_append_request_body(void *, const uint8_t *, size_t)'),
    requestBody: f('int msc_process_request_body(void *)'),
    responseHeaders: f('int msc_process_response_headers(void *, int, const char *)'),
    responseBody: f('int msc_process_response_body(void *)'),
    updateStatus: f('int msc_update_status_code(void *, int)'),
    logging: f('int msc_process_logging(void *)'),
    intervention: f('int msc_intervention(void *, _Inout_ ModSecurityIntervention *)'),
    cleanup: f('void msc_transaction_cleanup(void *)'),
  };
}

function loadRules(api: Api, parts: readonly RulePart[]): RuleSet {
  const pointer: Pointer = api.createRules();
  for (const part of parts) {
    const error: [Pointer] = [null];
    const loaded: number =
      'file' in part ? api.addFile(pointer, part.file, error) : api.addText(pointer, part.text, error);
    if (loaded < 0)
      throw new RuleError(part, error[0] === null ? 'no reason given' : koffi.decode(error[0], 'char', -1));
    if (!endsInNewline(part)) absorbUnfinishedDirective(api, api.createRules());
  }
  return { pointer };
}

function endsInNewline(part: RulePart): boolean {
  return ('file' in part ? readFileSync(part.file, 'latin1') : part.text).endsWith('\n');
}

/**
 * A part that ends in `SecRuleUpdateTarget…` without a newline leaves libmodsecurity's lexer in a state in which the
 * next quoted text fails. A rule that is loaded into a set of its own takes that failure.
 */
function absorbUnfinishedDirective(api: Api, scratch: Pointer): void {
  api.addText(scratch, 'SecRule ARGS "@rx a" "id:1,phase:1,pass,nolog"\n', [null]);
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
