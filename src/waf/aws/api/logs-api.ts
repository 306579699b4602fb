import type { FilterLogEventsCommandInput } from '@aws-sdk/client-cloudwatch-logs';
import { RateLimiter } from '../../../util/rate-limiter.js';
import { clientSettings, inTurn } from './client-settings.js';
import { explainError } from './explain-error.js';
import { WireAnswers } from './wire-answers.js';

/** One entry of a log group. */
export interface LogEvent {
  readonly id: string;
  readonly message: string;
}

/** A page of entries; there may be more though it is empty. */
export interface LogEventPage {
  readonly events: readonly LogEvent[];
  readonly next?: string;
}

/** What is looked for in a log group. */
export interface LogEventFilter {
  readonly group: string;
  /** What entries have in them, to the letter. */
  readonly phrase: string;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly next?: string | undefined;
}

/** CloudWatch Logs of one region. */
export interface LogsApi {
  /** @throws WafproofError one of the codes that begin with `AWS_` */
  filter(filter: LogEventFilter): Promise<LogEventPage>;
  close(): void;
}

/** Calls a second that an account has (quotas of CloudWatch Logs, FilterLogEvents). */
const perSecond = 5;

/** @param region default: as the SDK finds it */
export async function openLogsApi(region?: string): Promise<LogsApi> {
  const sdk = await import('@aws-sdk/client-cloudwatch-logs');
  const client = new sdk.CloudWatchLogsClient(clientSettings(region));
  const answers = new WireAnswers();
  client.middlewareStack.addRelativeTo(inTurn(new RateLimiter(perSecond)), {
    name: 'wafproofTurn',
    relation: 'after',
    toMiddleware: 'retryMiddleware',
  });
  client.middlewareStack.add(answers.middleware, { name: 'wafproofWire', step: 'deserialize', priority: 'low' });
  return {
    filter: async (filter) => {
      const input = inputFor(filter);
      try {
        const { events = [], nextToken } = await client.send(new sdk.FilterLogEventsCommand(input));
        return { events: events.map(eventOf), ...(nextToken !== undefined && { next: nextToken }) };
      } catch (error) {
        const where = region ?? 'the region of the AWS settings';
        const endpoint = answers.endpoint ?? `CloudWatch Logs in ${where}`;
        const what = `log group ${filter.group}`;
        const question = { operation: 'logs:FilterLogEvents', what, region: where, endpoint };
        throw explainError(error, question, answers.to(input));
      }
    },
    close: () => client.destroy(),
  };
}

/** A phrase in double quotes is looked for as it is (filter pattern syntax, "Match terms in unstructured log events"). */
function inputFor({ group, phrase, from, next }: LogEventFilter): FilterLogEventsCommandInput {
  return {
    logGroupName: group,
    filterPattern: `"${phrase}"`,
    startTime: from,
    ...(next !== undefined && { nextToken: next }),
  };
}

function eventOf({
  eventId,
  message,
}: {
  readonly eventId?: string | undefined;
  readonly message?: string | undefined;
}): LogEvent {
  return { id: eventId ?? '', message: message ?? '' };
}
