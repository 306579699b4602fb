import type { AnswerReading } from '../../contract/answer-reading.js';
import type { ProbeKnowledge, RateLimit, RulesBeforeTarget } from '../../contract/probe-knowledge.js';
import type { EngineOptions } from '../../model/options.js';
import type { WireRequest } from '../../model/request.js';
import type { WafOptions } from '../../model/target-options.js';
import { readText } from '../../util/read-file.js';
import type { AclStatement } from './acl/statement.js';
import type { AclSource } from './acl/web-acl.js';
import { type AclKnowledge, aclKnowledge } from './acl-knowledge.js';
import { readAwsAnswer } from './answers/read-answer.js';
import { compileStatement } from './evaluate/compile-statement.js';
import { bodyLimit, InspectedRequest } from './evaluate/inspected-request.js';
import { noLabels, webAclPrefix } from './evaluate/labels.js';
import { factsOfWire } from './evaluate/wire-facts.js';
import { withInner } from './lint/statements.js';
import type { AwsRecord } from './log-record.js';
import { readAclFiles } from './source/read-acl-files.js';

const maxFileBytes = 200_000_000;

/**
 * What a web ACL in a file tells of how a target behind it may be probed; without one, only its answers do.
 * @throws WafproofError what can be wrong with a file of a web ACL (`ACL_…`)
 */
export async function awsProbeKnowledge(
  { webAcl }: Pick<WafOptions, 'webAcl'>,
  { acl: given = [] }: Pick<EngineOptions, 'acl'>,
): Promise<ProbeKnowledge> {
  const named = webAcl === undefined || webAcl.startsWith('arn:') ? [] : [webAcl];
  const files = given.length > 0 ? given : named;
  if (files.length === 0) return { readAnswer: (exchange) => readAwsAnswer(exchange) };
  const source = await readAclFiles(files, (file) => readText(file, maxFileBytes));
  const facts = aclKnowledge(source.acl);
  return {
    rules: knownRules(source),
    readAnswer: (exchange) => withKind(readAwsAnswer(exchange, source.acl), facts),
  };
}

/** An answer names a rule, and the web ACL whether it counts requests or looks at the client. */
function withKind(
  reading: AnswerReading<AwsRecord> | undefined,
  facts: AclKnowledge,
): AnswerReading<AwsRecord> | undefined {
  const by = reading?.kind === 'own' ? reading.record.blockedBy : undefined;
  const kind = by && facts.get(`${by.ruleId}`)?.ofClient;
  if (reading?.kind !== 'own' || by === undefined || kind === undefined) return reading;
  return { ...reading, record: { ...reading.record, blockedBy: { reason: `rule ${by.ruleId}`, ...by, kind } } };
}

/** Rules of groups of one's own are among them; those of managed groups do not know paths of one's own. */
function knownRules(source: AclSource): RulesBeforeTarget {
  const statements = statementsOf(source);
  const onPath = statements.filter((one) => 'inspect' in one && one.inspect.field.kind === 'uri-path');
  return {
    limits: statements.flatMap(limitOf),
    tellApart: (one, other) => {
      const different = onPath.find(
        (statement) => outcome(statement, one, source) !== outcome(statement, other, source),
      );
      return different && 'a rule of the web ACL looks at the path';
    },
  };
}

function statementsOf({ acl, resources }: AclSource): readonly AclStatement[] {
  const inGroups = [...resources.ruleGroups.values()].flatMap(({ rules }) => rules);
  return [...acl.rules, ...inGroups].flatMap(({ statement }) => withInner(statement));
}

/** A limit that only the deployment knows may be the least that AWS takes (`RateBasedStatement.Limit`). */
const leastLimit = 10;

function limitOf(statement: AclStatement): readonly RateLimit[] {
  if (statement.kind !== 'rate') return [];
  return [{ requests: statement.limit ?? leastLimit, windowSeconds: statement.windowSeconds }];
}

function outcome(statement: AclStatement, request: WireRequest, { acl, resources }: AclSource): string {
  const labelPrefix = acl.labelNamespace ?? webAclPrefix(acl.account, acl.name);
  const front = acl.scope === 'CLOUDFRONT' ? 'cloudfront' : 'alb';
  const facts = factsOfWire(request, { correlationId: '', front });
  const inspected = new InspectedRequest(facts, bodyLimit(front, acl.bodyLimits));
  return compileStatement(statement, { resources, labelPrefix })(inspected, noLabels).kind;
}
