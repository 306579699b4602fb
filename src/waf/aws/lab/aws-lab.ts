import type { RunningLab } from '../../../contract/lab-server.js';
import { openAppendLog } from '../../../lab/append-log.js';
import { type ProxyDecision, startReverseProxy } from '../../../lab/reverse-proxy.js';
import type { LabOptions } from '../../../model/options.js';
import type { WafInfo } from '../../../model/report.js';
import type { Pair, WireRequest } from '../../../model/request.js';
import type { AclSource, Front } from '../acl/web-acl.js';
import { type JsonObject, textNamed } from '../api/json-object.js';
import { openAcl } from '../open-acl.js';
import { builtInApproximations } from './approximations.js';
import { fullRecord } from './full-log.js';
import { interpolate } from './interpolate.js';
import { apiResources, apiWebAcl, capacityOf, countingOnly } from './lab-acl.js';
import { approximationNotes, summaryOf } from './lab-notes.js';
import type { LabVerdict } from './lab-verdict.js';
import { LiveAcl } from './live-acl.js';
import { managedGroupVersions } from './managed-group-versions.js';
import type { WafApiSetup } from './operations.js';
import { readApproximations } from './read-approximations.js';
import { frontRefusal, frontRequest, refusalStatus } from './refusals.js';
import { SampleStore } from './sample-store.js';
import { startWafApi } from './start-waf-api.js';

/** More than what the fronts take that AWS has. */
const bodyLimit = 64 * 1024 * 1024;

/**
 * A web ACL in front of an application on loopback: evaluated by this program, answering as its front does, with full logs,
 * and beside it the API of AWS WAF, whose updates change what is evaluated.
 * @throws WafproofError `ACL_NONE`, `LAB_APPROXIMATIONS`, `LAB_PORT`, `OUTPUT_UNWRITABLE`, and what can be wrong with the
 * files of a web ACL
 */
export async function startAwsLab(options: LabOptions): Promise<RunningLab> {
  const { source, front } = await openAcl(options.engine);
  const given = options.approximations;
  const approximations = given === undefined ? builtInApproximations() : await readApproximations(given);
  const append = await openAppendLog(options.auditLog);
  const samples = new SampleStore();
  const made = apiWebAcl(source);
  const acl = options.mode === 'detect' ? countingOnly(made) : made;
  const api = await startWafApi(apiSetup({ source, acl, front, samples, hasLog: options.auditLog !== undefined }));
  const webAcl = () => api.webAcl();
  const live = new LiveAcl({ webAcl, resources: source.resources, approximations, front });
  const take = (verdict: LabVerdict) => {
    samples.add(verdict);
    return append(`${JSON.stringify(fullRecord(verdict))}\n`);
  };
  const proxy = await startReverseProxy({
    port: options.port,
    bodyLimit,
    ...(options.upstream !== undefined && { upstream: new URL(options.upstream) }),
    decide: (request, client) => decideBy(live, front, take, request, client),
  }).catch(async (error: unknown) => {
    await api.close();
    throw error;
  });
  return {
    url: proxy.url,
    waf: infoOf(source, options.mode),
    summary: summaryOf(source, front),
    environment: { AWS_ENDPOINT_URL_WAFV2: api.url },
    notes: [`the API knows it as ${textNamed(acl, 'ARN')}`, ...approximationNotes(source, approximations, given)],
    close: async () => {
      await Promise.all([proxy.close(), api.close()]);
      await append('');
    },
  };
}

async function decideBy(
  live: LiveAcl,
  front: Front,
  take: (verdict: LabVerdict) => Promise<void>,
  request: WireRequest,
  client: string,
): Promise<ProxyDecision> {
  const found = live.verdict(request, client);
  const { requestId, headers } = frontRequest(front);
  if (found === undefined) return { kind: 'pass', added: headers };
  const { presumed, labels, insertedHeaders } = found.answer;
  const { action, response } = presumed.ending;
  const resolve = (text: string) => interpolate(text, { labels, ip: client, requestId });
  if (action === 'allow') {
    const inserted = insertedHeaders.map(([name, value]): Pair => [name, resolve(value)]);
    await take({ ...found, requestId, answer: { ...found.answer, insertedHeaders: inserted } });
    return { kind: 'pass', inserted, added: headers };
  }
  const refused = { action, resolve, ...(response !== undefined && { response }) };
  const isUsual = action === 'block' && response === undefined;
  await take({ ...found, requestId, ...(!isUsual && { responseCode: refusalStatus(refused) }) });
  return frontRefusal(refused, front, found.source.acl, headers);
}

interface ApiGround {
  readonly source: AclSource;
  readonly acl: JsonObject;
  readonly front: Front;
  readonly samples: SampleStore;
  readonly hasLog: boolean;
}

function apiSetup({ source, acl, front, samples, hasLog }: ApiGround): WafApiSetup {
  const { scope } = source.acl;
  const logGroup = 'arn:aws:firehose:us-east-1:000000000000:deliverystream/aws-waf-logs-lab';
  return {
    acl,
    scope,
    resources: apiResources(source.resources),
    attached: attachedTo(front),
    ...(hasLog && { logging: { ResourceArn: textNamed(acl, 'ARN') ?? '', LogDestinationConfigs: [logGroup] } }),
    managedGroups: managedGroupVersions(source.acl),
    sampled: (metric) => samples.of(metric),
    capacityOf: (rules) => capacityOf(rules, source.resources),
  };
}

/** CloudFront is asked for what it protects by itself, and not here. */
function attachedTo(front: Front): NonNullable<WafApiSetup['attached']> {
  const at = 'arn:aws:';
  switch (front) {
    case 'alb':
      return {
        APPLICATION_LOAD_BALANCER: [
          `${at}elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/lab/0000000000000000`,
        ],
      };
    case 'api-gateway':
      return { API_GATEWAY: [`${at}apigateway:us-east-1::/restapis/lab/stages/lab`] };
    case 'appsync':
      return { APPSYNC: [`${at}appsync:us-east-1:000000000000:apis/lab`] };
    case 'cognito':
      return { COGNITO_USER_POOL: [`${at}cognito-idp:us-east-1:000000000000:userpool/us-east-1_lab`] };
    default:
      return {};
  }
}

function infoOf({ acl, format }: AclSource, mode: LabOptions['mode']): WafInfo {
  return { kind: 'aws', version: 'AWS WAF, evaluated here', ruleset: acl.name === '' ? format : acl.name, mode };
}
