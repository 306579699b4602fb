import { readFileSync } from 'node:fs';
import type { JsonValue, Pair } from '../../../../src/model/request.js';
import type { AclSource, Front } from '../../../../src/waf/aws/acl/web-acl.js';
import { compileAcl } from '../../../../src/waf/aws/evaluate/compile-acl.js';
import { compileStatement } from '../../../../src/waf/aws/evaluate/compile-statement.js';
import type { AclAnswer } from '../../../../src/waf/aws/evaluate/decision.js';
import { bodyLimit, InspectedRequest } from '../../../../src/waf/aws/evaluate/inspected-request.js';
import { noLabels, webAclPrefix, withLabels } from '../../../../src/waf/aws/evaluate/labels.js';
import type { ObservedFacts } from '../../../../src/waf/aws/evaluate/observed.js';
import type { StatementOutcome } from '../../../../src/waf/aws/evaluate/outcome.js';
import type { RequestFacts } from '../../../../src/waf/aws/evaluate/request-facts.js';
import { findManagedGroup } from '../../../../src/waf/aws/managed/managed-groups.js';
import { readStatement } from '../../../../src/waf/aws/source/read-statement.js';
import { readTexts } from '../source/acl-text.js';

interface Environment {
  readonly ipSets?: Readonly<Record<string, readonly string[]>>;
  readonly regexSets?: Readonly<Record<string, readonly string[]>>;
  readonly ruleGroups?: Readonly<Record<string, { readonly [key: string]: JsonValue }>>;
  readonly associationConfig?: JsonValue;
  readonly labels?: readonly string[];
  readonly webAcl?: { readonly account: string; readonly name: string };
  readonly account?: string;
  readonly ipCountries?: Readonly<Record<string, string>>;
  readonly observed?: Readonly<Record<string, readonly string[]>>;
  readonly observedLabels?: readonly string[];
}

interface CaseRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly fragment?: string;
  readonly headers: readonly Pair[];
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly bodyGenerated?: {
    readonly prefix: string;
    readonly fill: string;
    readonly fillTo: number;
    readonly suffix: string;
  };
  readonly clientIp?: string;
  readonly country?: string;
  readonly asn?: number;
  readonly tokens?: { readonly captcha?: boolean; readonly challenge?: boolean };
  readonly front: string;
}

/** What an ACL is to do; `action` `unknown`: it must not be decided. */
export interface ExpectedDecision {
  readonly action: string;
  readonly terminatingRule?: string | null;
  readonly ruleUnknown?: boolean;
  readonly labels?: readonly string[];
  readonly countMatches?: readonly string[];
  readonly insertedHeaders?: readonly Pair[];
  readonly warning?: string;
  readonly status?: number;
}

/** A request, what it is held against, and what AWS's documentation says that comes of it. */
export interface EvaluatorCase {
  readonly id: string;
  readonly statement?: { readonly [key: string]: JsonValue };
  readonly acl?: { readonly [key: string]: JsonValue };
  readonly request: CaseRequest;
  readonly env?: Environment;
  readonly expect: StatementOutcome['kind'] | ExpectedDecision;
  readonly confidence: 'high' | 'medium' | 'low';
  /** Other answers that are right as well. */
  readonly accept?: readonly string[];
}

const file = new URL('../../../fixtures/aws/evaluator-cases.jsonl', import.meta.url);

export const evaluatorCases: readonly EvaluatorCase[] = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line): EvaluatorCase => JSON.parse(line));

export function isStatementCase({ statement }: EvaluatorCase): boolean {
  return statement !== undefined;
}

/** What the evaluator says of a statement. */
export async function outcomeOf({
  statement = {},
  request,
  env = {},
}: EvaluatorCase): Promise<StatementOutcome['kind']> {
  const { acl, resources } = await sourceOf({}, env);
  const read = readStatement(statement, { encoding: 'base64', depth: 0 });
  const labelPrefix = webAclPrefix(env.webAcl?.account ?? env.account, env.webAcl?.name ?? 'testWebACL');
  const ask = compileStatement(read, { resources, labelPrefix });
  const facts = factsOf(request, env);
  const inspected = new InspectedRequest(facts, bodyLimit(facts.front, acl.bodyLimits));
  return ask(inspected, withLabels(noLabels, env.labels ?? [])).kind;
}

/** What the evaluator says of an ACL. */
export async function decisionOf({ acl = {}, request, env = {} }: EvaluatorCase): Promise<AclAnswer> {
  const evaluate = compileAcl(await sourceOf(acl, env), findManagedGroup);
  return evaluate(factsOf(request, env), { observed: observedIn(env), labels: env.labels ?? [] });
}

async function sourceOf(acl: { readonly [key: string]: JsonValue }, env: Environment): Promise<AclSource> {
  const { account = env.webAcl?.account ?? '111122223333', associationConfig } = env;
  const arn = `arn:aws:wafv2:eu-west-1:${account}:regional/webacl/testWebACL/1`;
  const whole = {
    ...(associationConfig !== undefined && { AssociationConfig: associationConfig }),
    DefaultAction: { Allow: {} },
    Rules: [],
    Name: 'testWebACL',
    ARN: arn,
    ...acl,
  };
  return readTexts({ 'acl.json': { WebACL: whole }, ...resourceFiles(env) });
}

function resourceFiles({ ipSets = {}, regexSets = {}, ruleGroups = {} }: Environment): Record<string, JsonValue> {
  const files: Record<string, JsonValue> = {};
  for (const [ARN, Addresses] of Object.entries(ipSets)) files[ARN] = { IPSet: { ARN, Addresses } };
  for (const [ARN, patterns] of Object.entries(regexSets))
    files[ARN] = { RegexPatternSet: { ARN, RegularExpressionList: patterns.map((RegexString) => ({ RegexString })) } };
  for (const [ARN, group] of Object.entries(ruleGroups)) files[ARN] = { RuleGroup: { ARN, ...group } };
  return files;
}

function factsOf(request: CaseRequest, { ipCountries = {} }: Environment): RequestFacts {
  const { method, path, query, fragment, headers, clientIp, country, asn, tokens = {}, front } = request;
  const ofAddress = new Map(Object.entries(ipCountries).map(([ip, its]) => [ip, { country: its }]));
  return {
    method,
    path,
    ...(query !== undefined && { query }),
    ...(fragment !== undefined && { fragment }),
    headers: headers.map(([name, value]): Pair => [name, latin1(value)]),
    body: bodyOf(request),
    client: {
      ...(clientIp !== undefined && { ip: clientIp }),
      ...(country !== undefined && { country }),
      ...(asn !== undefined && { asn }),
      ofAddress,
    },
    tokens,
    front: fronts[front] ?? 'alb',
  };
}

const fronts: Readonly<Record<string, Front>> = {
  ALB: 'alb',
  CLOUDFRONT: 'cloudfront',
  API_GATEWAY: 'api-gateway',
  APPSYNC: 'appsync',
  COGNITO: 'cognito',
};

function bodyOf({ body, bodyBase64, bodyGenerated }: CaseRequest): string {
  if (bodyBase64 !== undefined) return Buffer.from(bodyBase64, 'base64').toString('latin1');
  if (bodyGenerated === undefined) return latin1(body ?? '');
  const { prefix, fill, fillTo, suffix } = bodyGenerated;
  return latin1(prefix + fill.repeat(Math.max(0, fillTo - prefix.length)) + suffix);
}

function latin1(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function observedIn({ observed, observedLabels }: Environment): ObservedFacts {
  const groups = new Map(
    Object.entries(observed ?? {}).map(([name, matched]) => [name, { matched, isComplete: true }]),
  );
  return { groups, ...(observedLabels !== undefined && { labels: observedLabels }) };
}
