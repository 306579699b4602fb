import { at, isTree, list, text } from '../../../util/json-tree.js';
import type { AclKnowledge } from '../acl-knowledge.js';
import type { AwsRecord } from '../log-record.js';
import { decisionOf } from './decision.js';
import { type RequestKeys, shownRequest } from './logged-request.js';
import { timeOf } from './record-time.js';

/** AWS logs a hundred; one of them may have 1024 characters. */
const mostLabels = 100;
const longestLabel = 1100;

const keys: RequestKeys = {
  method: 'httpMethod',
  uri: 'uri',
  args: 'args',
  client: 'clientIp',
  headers: 'headers',
  name: 'name',
  value: 'value',
};

/** Whether a value is a record of a full log, complete or not. */
export function isFullRecord(value: unknown): boolean {
  if (!isTree(value) || typeof at(value, 'action') !== 'string') return false;
  const telling = ['webaclId', 'terminatingRuleId'].filter((key) => typeof at(value, key) === 'string').length;
  return telling > 0 && (telling === 2 || isTree(at(value, 'httpRequest')));
}

/** A record of a full log; nothing where it does not tell what was done with the request. */
export function readFullRecord(value: unknown, acl?: AclKnowledge): AwsRecord | undefined {
  const decision = decisionOf(value, acl);
  if (decision === undefined) return undefined;
  const status = at(value, 'responseCodeSent');
  const id = text(at(value, 'httpRequest', 'requestId'));
  const time = timeOf(at(value, 'timestamp'));
  return {
    origin: 'log',
    ...decision,
    ...shownRequest(at(value, 'httpRequest'), keys),
    ...(id !== '' && id !== 'null' && { transactionId: id.slice(0, 500) }),
    ...(time !== undefined && { at: time }),
    ...(typeof status === 'number' && { status }),
    labels: labelsIn(at(value, 'labels'), 'name'),
    waf: { kind: 'aws', ...aclName(text(at(value, 'webaclId'))) },
  };
}

export function labelsIn(labels: unknown, key: string): readonly string[] {
  return list(labels)
    .slice(0, mostLabels)
    .map((label) => text(at(label, key)).slice(0, longestLabel))
    .filter((label) => label !== '');
}

/** The name in the ARN of a web ACL. */
function aclName(arn: string): { readonly ruleset?: string } {
  const name = /\/webacl\/([^/]{1,256})/.exec(arn.slice(0, 1000))?.[1];
  return name === undefined ? {} : { ruleset: name };
}
