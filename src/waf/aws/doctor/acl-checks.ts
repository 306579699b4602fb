import type { CheckOutcome, Observations } from '../../../contract/check.js';
import { formatProblem } from '../../../model/error.js';
import type { TargetOptions } from '../../../model/target-options.js';
import { counted } from '../../../util/counted.js';
import type { Front, WebAcl } from '../acl/web-acl.js';
import { sampledMetrics } from '../sources/sampled-metrics.js';
import { type AwsFacts, type GroupFacts, isGone } from './aws-facts.js';
import { broken, doubtful, fine, notTold, unknownAcl } from './findings.js';

export function checkAcl({ acl }: AwsFacts): CheckOutcome {
  if ('problem' in acl)
    return { status: 'failed', detail: `AWS did not give the web ACL: ${formatProblem(acl.problem)}` };
  const { name, rules, capacity } = acl.told;
  const cost = capacity === undefined ? '' : `, ${capacity} capacity units`;
  return fine(`web ACL ${name}: ${counted(rules.length, 'rule')}${cost}`);
}

export function checkAttached({ arn, acl, attached }: AwsFacts): CheckOutcome {
  if (arn.scope === 'CLOUDFRONT')
    return { status: 'skipped', detail: 'which distributions have the web ACL only CloudFront tells' };
  if ('problem' in attached) return notTold(attached.problem, acl);
  return attached.told.length > 0
    ? fine(`it protects ${attached.told.join(', ')}`)
    : broken(
        'the web ACL protects nothing: no request of a run can meet it',
        'associate it with the load balancer, API or other resource of the target, or name another one in webAcl',
      );
}

export function checkSampling({ acl }: AwsFacts): CheckOutcome {
  if ('problem' in acl) return unknownAcl;
  const { unsampled } = sampledMetrics(acl.told);
  return unsampled.length === 0
    ? fine('AWS keeps samples of each rule and of the default action')
    : doubtful(
        `AWS keeps no samples of ${unsampled.join(', ')}`,
        'set SampledRequestsEnabled to true in the VisibilityConfig of each of them, where no full logs are read',
      );
}

/** What is inspected of a body where the web ACL does not say, in bytes (developer guide, "Oversize web request components"). */
const usualLimit = { REGIONAL: 8192, CLOUDFRONT: 16_384 };

export function checkBodyLimit({ acl, arn }: AwsFacts, { largest }: Observations): CheckOutcome {
  if ('problem' in acl) return unknownAcl;
  const front: Front = arn.scope === 'CLOUDFRONT' ? 'cloudfront' : 'alb';
  const limit = acl.told.bodyLimits[front] ?? usualLimit[arn.scope];
  const known = `of a body the first ${limit} bytes are inspected`;
  if (largest === undefined || largest.bytes <= limit) return fine(known);
  return doubtful(
    `${known}, and ${largest.id} has ${largest.bytes}: rules do not see the rest, and SizeRestrictions_BODY refuses it`,
    arn.scope === 'CLOUDFRONT'
      ? 'raise DefaultSizeInspectionLimit in AssociationConfig (up to 64 KB), or have SizeRestrictions_BODY count for this path'
      : 'have SizeRestrictions_BODY count for this path; other fronts than load balancers and AppSync can have the limit raised in AssociationConfig',
  );
}

/** Versions and names: an override of a rule that the version does not have is passed over in silence. */
export function checkGroups({ acl, groups }: AwsFacts): CheckOutcome {
  if ('problem' in acl) return unknownAcl;
  const untold = groups.find((group) => 'problem' in group);
  const known = groups.flatMap((group) => ('told' in group ? [group.told] : []));
  const gone = known.filter(isGone).map(({ group: { name, version } }) => `${name} ${version}`);
  if (gone.length > 0)
    return broken(
      `AWS offers these versions no more: ${gone.join(', ')}; once they expire the default version takes their place`,
      'pin a version that AWS lists, and run the suites against it first',
    );
  const unknown = known.flatMap(strangers);
  if (unknown.length > 0)
    return broken(
      `overrides name rules that their group does not have: ${unknown.join(', ')}; AWS passes them over in silence`,
      'correct the names: case matters',
    );
  if (untold !== undefined && 'problem' in untold) return notTold(untold.problem, acl);
  if (known.length === 0) return fine('there are no managed groups');
  return fine(
    known
      .map(
        ({ group: { name, version }, version: current }) =>
          `${name} ${version ?? `${current ?? 'without versions'} (default)`}`,
      )
      .join(', '),
  );
}

function strangers({ group: { name, overrides }, rules }: GroupFacts): readonly string[] {
  const named = rules.length === 0 ? [] : overrides.filter(({ rule }) => !rules.includes(rule));
  return named.map(({ rule }) => `${name}#${rule}`);
}

/** A run counts as one client, and a rate rule blocks it when it is faster than the rule allows. */
export function checkRates({ acl }: AwsFacts, { rate }: TargetOptions): CheckOutcome {
  if ('problem' in acl) return unknownAcl;
  const slowest = ratesOf(acl.told).toSorted((a, b) => a.perSecond - b.perSecond)[0];
  if (slowest === undefined) return fine('no rule limits the rate');
  const { name, limit, seconds, perSecond } = slowest;
  const rule = `rule ${name} allows ${limit} requests in ${seconds} s`;
  const half = Math.floor(perSecond * 50) / 100;
  if (rate !== undefined && rate <= perSecond) return fine(`${rule}, and the run sends ${rate} a second`);
  return doubtful(
    `${rule}, and the run sends ${rate === undefined ? 'as fast as it can' : `${rate} a second`}`,
    `set limits: { rate: ${half} } of the target, which is half of that, or leave this machine's address out of the rule by a scope-down`,
  );
}

function ratesOf({ rules }: WebAcl) {
  return rules.flatMap(({ name, statement }) => {
    if (statement.kind !== 'rate' || statement.limit === undefined) return [];
    const { limit, windowSeconds: seconds } = statement;
    return [{ name, limit, seconds, perSecond: limit / seconds }];
  });
}
