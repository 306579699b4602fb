import type { CheckOutcome } from '../../../contract/check.js';
import { correlationHeader } from '../../../model/correlation.js';
import type { WebAcl } from '../acl/web-acl.js';
import { isObject, type JsonObject, memberNamed, objectNamed, objectsNamed, textNamed } from '../api/json-object.js';
import type { AwsFacts } from './aws-facts.js';
import { broken, doubtful, fine, notTold, unknownAcl } from './findings.js';

const printSetup = '"wafproof doctor --print-setup aws" prints the set-up';
/** What a run needs of a log: entries of what was refused, and of what was let through. */
const neededActions = ['BLOCK', 'ALLOW'];

/** Whether full logs are on, and would have the requests of a run. */
export function checkLogging({ acl, logging }: AwsFacts): CheckOutcome {
  if ('problem' in logging) return notTold(logging.problem, acl);
  if (logging.told === undefined)
    return doubtful('the web ACL has no full logs: samples and answers have to do', `turn logging on; ${printSetup}`);
  const [to = 'nowhere'] = destinations(logging.told);
  const dropped = neededActions.filter((action) => mayDrop(logging.told, action));
  if (dropped.length === 0) return fine(`full logs go to ${to}, without a filter that drops our requests`);
  return broken(
    `full logs go to ${to}, and their filter drops requests with the action ${dropped.join(' and ')}`,
    'take LoggingFilter away, or have it keep these actions',
  );
}

function destinations(logging: JsonObject): readonly string[] {
  const list = memberNamed(logging, 'LogDestinationConfigs');
  return Array.isArray(list) ? list.map(String) : [];
}

/** By the filters that look at the action alone; what looks at labels may or may not keep a request. */
function mayDrop(logging: JsonObject | undefined, action: string): boolean {
  const filter = logging === undefined ? {} : objectNamed(logging, 'LoggingFilter');
  const decided = objectsNamed(filter, 'Filters').find((one) => meets(one, action));
  return (textNamed(decided ?? {}, 'Behavior') ?? textNamed(filter, 'DefaultBehavior') ?? 'KEEP') === 'DROP';
}

function meets(filter: JsonObject, action: string): boolean {
  const conditions = objectsNamed(filter, 'Conditions').map(
    (one) => textNamed(objectNamed(one, 'ActionCondition'), 'Action') === action,
  );
  return textNamed(filter, 'Requirement') === 'MEETS_ALL'
    ? conditions.length > 0 && conditions.every(Boolean)
    : conditions.some(Boolean);
}

/** Whether the header by which requests are found is hidden, from logs alone or from samples too. */
export function checkRedaction({ acl, logging }: AwsFacts): CheckOutcome {
  if ('problem' in acl) return unknownAcl;
  const hidden = hiddenBy(acl.told, 'told' in logging ? logging.told : undefined);
  return hidden === undefined
    ? fine(`${correlationHeader} is hidden neither from logs nor from samples`)
    : broken(hidden.detail, hidden.fix);
}

/** What hides the header by which requests are found, and what to do; nothing where nothing does. */
export function hiddenBy(acl: WebAcl, logging: JsonObject | undefined): { detail: string; fix: string } | undefined {
  const protection = objectsNamed(objectNamed(acl.raw ?? {}, 'DataProtectionConfig'), 'DataProtections');
  if (protection.some(isProtected))
    return {
      detail: `the data protection of the web ACL hides ${correlationHeader} from logs and samples: no request can be found`,
      fix: `take ${correlationHeader} out of DataProtectionConfig`,
    };
  if (!redactedHeaders(logging).some(isOurs)) return undefined;
  return {
    detail: `RedactedFields of the logging configuration hides ${correlationHeader}: no request can be found in the logs`,
    fix: `take ${correlationHeader} out of RedactedFields`,
  };
}

/** The headers that a logging configuration redacts. */
export function redactedHeaders(logging: JsonObject | undefined): readonly string[] {
  return objectsNamed(logging ?? {}, 'RedactedFields').flatMap(
    (field) => textNamed(objectNamed(field, 'SingleHeader'), 'Name') ?? [],
  );
}

function isProtected(protection: JsonObject): boolean {
  const field = objectNamed(protection, 'Field');
  const keys = memberNamed(field, 'FieldKeys');
  if (textNamed(field, 'FieldType') !== 'SINGLE_HEADER') return false;
  return !Array.isArray(keys) || keys.length === 0 || keys.some((key) => !isObject(key) && isOurs(String(key)));
}

function isOurs(name: string | undefined): boolean {
  return name?.toLowerCase() === correlationHeader.toLowerCase();
}
