import { z } from 'zod';
import { sessionSchema } from './session-schema.js';

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

const positive = z.number().int().positive();

const logPlaceSchema = z.union([
  z.string().min(1),
  z.strictObject({
    command: z
      .string()
      .min(1)
      .describe('A command that writes the log to its standard output, such as "ssh waf tail -n0 -F …"'),
  }),
]);
const logSchema = z.union([logPlaceSchema, z.array(logPlaceSchema).min(1)]);

const isSince = (text: string) => /^\d+[smhd]$/.test(text) || !Number.isNaN(Date.parse(text));

const kinds = '`modsecurity`: ModSecurity 2 or 3, or Coraza, which one the log tells; `aws`: AWS WAF';
const since = z
  .string()
  .refine(isSince, '"since" is an ISO 8601 time, or how long ago: 90s, 10m, 2h, 1d')
  .optional()
  .describe('Read the log from then on: an ISO 8601 time, or how long ago: 90s, 10m, 2h, 1d. Default: from its end');

const modsecuritySchema = z.strictObject({
  kind: z.literal('modsecurity').describe(kinds),
  log: logSchema
    .optional()
    .describe(
      "The WAF's log: a file, a folder, `-` for standard input, `{ command: … }`, or a list of them. Relative to the config",
    ),
  since,
});

const text = z.string().min(1);
const awsLogsSchema = z.union([
  z.strictObject({ cloudwatch: text.describe('A log group of CloudWatch Logs: aws-waf-logs-…') }),
  z.strictObject({ s3: text.describe('A bucket with the logs, and the prefix in it: s3://aws-waf-logs-…/…') }),
  z.strictObject({ file: text.describe('A file or folder of full logs, or `-`. Relative to the config') }),
  z.strictObject({
    command: text.describe(
      'A command that writes full logs to its standard output, such as "aws logs tail aws-waf-logs-… --follow"',
    ),
  }),
]);

const awsSchema = z.strictObject({
  kind: z.literal('aws').describe(kinds),
  webAcl: text
    .optional()
    .describe(
      'The ARN of the web ACL, or a file with it (relative to the config): it tells more of its rules than a log',
    ),
  region: text.optional().describe('The region of the web ACL. Default: as in its ARN, or as AWS_REGION says'),
  samples: z.boolean().optional().describe('Whether GetSampledRequests is asked for what the logs do not have'),
  logs: awsLogsSchema.optional().describe('Where the full logs of the web ACL are'),
  since,
});

/** One shape for each kind of WAF. */
const wafSchema = z.discriminatedUnion('kind', [modsecuritySchema, awsSchema]);

const limitsSchema = z.strictObject({
  connections: positive.max(4096).optional().describe('Connections at once, as --connections. Default: 16'),
  rate: positive.optional().describe('Requests a second, as --rate. Default: no limit'),
  maxFailures: z
    .number()
    .int()
    .nonnegative()
    .optional()
    .describe('Send nothing more after so many failures in a row, as --max-failures. Default: 20; 0: never'),
  timeout: positive.optional().describe('How long one request may take, in milliseconds, as --timeout. Default: 30000'),
});

const targetSchema = z.strictObject({
  url: z
    .string()
    .refine(isHttpUrl, '"url" is a URL that begins with http:// or https://')
    .describe('Where the cases are sent: the server that has the WAF in it or before it'),
  host: z.string().optional().describe('The Host header, where it is not that of the URL'),
  waf: wafSchema.optional().describe('Which WAF it is, and how its log is read'),
  limits: limitsSchema.optional().describe('What the target can take'),
  logWait: positive
    .optional()
    .describe('How long an entry of the log is waited for, in milliseconds, where that is not found out by itself'),
  attacks: z
    .boolean()
    .optional()
    .describe('Whether attack cases may be sent. Default: only where the URL leads to this machine'),
  ca: z
    .string()
    .optional()
    .describe('A file of certificates (PEM) of authorities that are trusted too. Relative to the config'),
  insecure: z.boolean().optional().describe('Take any certificate, which is for labs. Default: false'),
  session: sessionSchema.optional().describe('How a session is opened before cases are sent, and what they get of it'),
});

/** The shape of `wafproof.config.yaml`. */
export const configSchema = z.strictObject({
  targets: z
    .record(z.string(), targetSchema)
    .default({})
    .describe('Names, and what each target is; --target takes the name'),
  suites: z
    .array(z.string())
    .optional()
    .describe(
      'Suites where the command line names none: files, folders and globs. Default: the folder suites, where there is one',
    ),
});

export type ConfigShape = z.output<typeof configSchema>;
export type TargetShape = z.output<typeof targetSchema>;
export type WafShape = z.output<typeof wafSchema>;
