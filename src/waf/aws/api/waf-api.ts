import type {
  CheckCapacityCommandInput,
  DescribeManagedRuleGroupCommandInput,
  GetIPSetCommandInput,
  GetLoggingConfigurationCommandInput,
  GetRegexPatternSetCommandInput,
  GetRuleGroupCommandInput,
  GetSampledRequestsCommandInput,
  GetWebACLCommandInput,
  ListAvailableManagedRuleGroupVersionsCommandInput,
  ListResourcesForWebACLCommandInput,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import { fail } from '../../../model/error.js';
import type { JsonValue } from '../../../model/request.js';
import { RateLimiter } from '../../../util/rate-limiter.js';
import { clientSettings, inTurn } from './client-settings.js';
import { type AwsQuestion, explainError, type WireAnswer } from './explain-error.js';
import { isObject, type JsonObject } from './json-object.js';
import { WireAnswers } from './wire-answers.js';

type Sdk = typeof import('@aws-sdk/client-wafv2');

/** Sends one question; the SDK's reading of the answer is not looked at. */
interface Sender {
  readonly sdk: Sdk;
  readonly client: WAFV2Client;
}

/** What is asked of the API, and nothing that changes anything. */
const senders = {
  GetWebACL: ({ sdk, client }: Sender, input: GetWebACLCommandInput) => client.send(new sdk.GetWebACLCommand(input)),
  GetRuleGroup: ({ sdk, client }: Sender, input: GetRuleGroupCommandInput) =>
    client.send(new sdk.GetRuleGroupCommand(input)),
  GetIPSet: ({ sdk, client }: Sender, input: GetIPSetCommandInput) => client.send(new sdk.GetIPSetCommand(input)),
  GetRegexPatternSet: ({ sdk, client }: Sender, input: GetRegexPatternSetCommandInput) =>
    client.send(new sdk.GetRegexPatternSetCommand(input)),
  GetLoggingConfiguration: ({ sdk, client }: Sender, input: GetLoggingConfigurationCommandInput) =>
    client.send(new sdk.GetLoggingConfigurationCommand(input)),
  GetSampledRequests: ({ sdk, client }: Sender, input: GetSampledRequestsCommandInput) =>
    client.send(new sdk.GetSampledRequestsCommand(input)),
  ListResourcesForWebACL: ({ sdk, client }: Sender, input: ListResourcesForWebACLCommandInput) =>
    client.send(new sdk.ListResourcesForWebACLCommand(input)),
  DescribeManagedRuleGroup: ({ sdk, client }: Sender, input: DescribeManagedRuleGroupCommandInput) =>
    client.send(new sdk.DescribeManagedRuleGroupCommand(input)),
  ListAvailableManagedRuleGroupVersions: (
    { sdk, client }: Sender,
    input: ListAvailableManagedRuleGroupVersionsCommandInput,
  ) => client.send(new sdk.ListAvailableManagedRuleGroupVersionsCommand(input)),
  CheckCapacity: ({ sdk, client }: Sender, input: CheckCapacityCommandInput) =>
    client.send(new sdk.CheckCapacityCommand(input)),
};

/** An operation of the API that Wafproof asks. */
export type WafOperation = keyof typeof senders;

/** What an operation is asked with. */
export type WafInput<O extends WafOperation> = Parameters<(typeof senders)[O]>[1];

/** The WAFv2 API of one region. */
export interface WafApi {
  /**
   * Asks one question, and again where AWS throttles it.
   * @param what is asked for, in words, for errors: `web ACL staging`
   * @returns the answer as it came, with all that the SDK does not know
   * @throws WafproofError one of the codes that begin with `AWS_`
   */
  ask<O extends WafOperation>(operation: O, input: WafInput<O>, what: string): Promise<JsonObject>;
  close(): void;
}

/** Calls a second that an account has for all operations that get or list, and for those that look associations up (quotas of AWS WAF). */
const perSecond = 5;
const lookUpsPerSecond = 1;

export interface WafApiOptions {
  readonly region: string;
  /** Calls a second; default: what AWS allows. */
  readonly perSecond?: number;
}

/** Opens the API with the credentials that the SDK finds. Nothing is sent yet. */
export async function openWafApi({ region, perSecond: rate }: WafApiOptions): Promise<WafApi> {
  const sdk = await import('@aws-sdk/client-wafv2');
  const client = new sdk.WAFV2Client(clientSettings(region));
  const answers = new WireAnswers();
  const lookUps = new RateLimiter(rate ?? lookUpsPerSecond);
  client.middlewareStack.addRelativeTo(inTurn(new RateLimiter(rate ?? perSecond)), {
    name: 'wafproofTurn',
    relation: 'after',
    toMiddleware: 'retryMiddleware',
  });
  client.middlewareStack.add(answers.middleware, { name: 'wafproofWire', step: 'deserialize', priority: 'low' });
  return {
    ask: async (operation, input, what) => {
      if (operation === 'ListResourcesForWebACL') await lookUps.take();
      const question = () => ({
        operation: `wafv2:${operation}`,
        what,
        region,
        endpoint: answers.endpoint ?? `the AWS WAF API in ${region}`,
      });
      try {
        await senders[operation]({ sdk, client }, input as never);
      } catch (error) {
        throw explainError(error, question(), answers.to(input));
      }
      return read(answers.to(input), question());
    },
    close: () => client.destroy(),
  };
}

/** What the SDK could read is JSON; a page that it takes for an empty answer is not. */
function read(answer: WireAnswer | undefined, { endpoint, operation }: AwsQuestion): JsonObject {
  const value = parsed(answer?.text ?? '');
  if (isObject(value)) return value;
  throw fail('AWS_NOT_AN_API', { endpoint, status: answer?.status ?? 0, operation });
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
