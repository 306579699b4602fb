import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { closeAtOnce, listenOnLoopback } from '../../../lab/loopback-port.js';
import type { JsonValue } from '../../../model/request.js';
import { isObject, type JsonObject } from '../api/json-object.js';
import { type ApiAnswer, refused } from './api-answer.js';
import { checkInput } from './check-shape.js';
import { type ApiState, operations, type WafApiSetup } from './operations.js';
import { WebAclStore } from './web-acl-store.js';

/** The API of AWS WAF on loopback, which is up. */
export interface RunningWafApi {
  /** What `AWS_ENDPOINT_URL_WAFV2` takes. */
  readonly url: string;
  /** The web ACL with all updates so far. */
  webAcl(): JsonObject;
  close(): Promise<void>;
}

/** AWS's own API takes less. */
const longestQuestion = 4 * 1024 * 1024;
const targetPrefix = 'AWSWAF_20190729.';

/**
 * Stands in for the WAFv2 API, for the operations that Wafproof uses: AWS JSON 1.1 as it is documented, with lock tokens,
 * the shapes that the service demands, and its exceptions. Signatures must be there and are not checked.
 * @param port 0 for any
 * @throws WafproofError `LAB_PORT`
 */
export async function startWafApi(setup: WafApiSetup, port = 0): Promise<RunningWafApi> {
  const state: ApiState = { ...setup, store: new WebAclStore(setup.acl) };
  const server = createServer((request, response) => {
    answerOf(request, state).then(
      (answer) => send(response, answer),
      () => response.destroy(),
    );
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server, port)}`;
  return { url, webAcl: () => state.store.webAcl, close: () => closeAtOnce(server) };
}

async function answerOf(request: IncomingMessage, state: ApiState): Promise<ApiAnswer> {
  const body = await readAll(request);
  const target = String(request.headers['x-amz-target'] ?? '');
  const name = target.startsWith(targetPrefix) ? target.slice(targetPrefix.length) : '';
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (request.method !== 'POST' || operation === undefined) return refused('UnknownOperationException', '');
  if (request.headers.authorization === undefined)
    return refused('MissingAuthenticationTokenException', 'Missing Authentication Token');
  const question = body === undefined ? undefined : parsed(body);
  if (!isObject(question))
    return refused('SerializationException', 'Start of structure or map found where not expected.');
  return checkInput(`${name}Request`, question) ?? operation(question, state);
}

function parsed(body: Buffer): JsonValue | undefined {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Nothing where it is too long. */
async function readAll(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= longestQuestion) chunks.push(chunk);
  }
  return length <= longestQuestion ? Buffer.concat(chunks) : undefined;
}

function send(response: ServerResponse, answer: ApiAnswer): void {
  const isDone = answer.kind === 'done';
  const body = isDone ? answer.body : { __type: answer.type, [messageKey(answer)]: answer.message, ...answer.more };
  response.writeHead(isDone ? 200 : 400, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body));
}

/** The service model spells it in two ways. */
function messageKey({ type }: { readonly type: string }): string {
  return type.startsWith('WAF') && type !== 'WAFInvalidParameterException' ? 'Message' : 'message';
}
