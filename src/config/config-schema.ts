import { z } from 'zod';

function isHttpUrl(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

const positive = z.number().int().positive();
const pairs = z.record(z.string(), z.string());

const logPlaceSchema = z.union([z.string().min(1), z.strictObject({ command: z.string().min(1) })]);
const logSchema = z.union([logPlaceSchema, z.array(logPlaceSchema).min(1)]);

const isSince = (text: string) => /^\d+[smhd]$/.test(text) || !Number.isNaN(Date.parse(text));

const modsecuritySchema = z.strictObject({
  kind: z.literal('modsecurity'),
  log: logSchema.optional(),
  since: z.string().refine(isSince, '"since" is an ISO 8601 time, or how long ago: 90s, 10m, 2h, 1d').optional(),
});

/** One shape for each kind of WAF. */
const wafSchema = z.discriminatedUnion('kind', [modsecuritySchema]);

const limitsSchema = z.strictObject({
  connections: positive.max(4096).optional(),
  rate: positive.optional(),
  maxFailures: z.number().int().nonnegative().optional(),
  timeout: positive.optional(),
});

const sessionValueSchema = z.strictObject({
  cookie: z.string().optional(),
  header: z.string().optional(),
  input: z.string().optional(),
});

const sessionSchema = z.strictObject({
  method: z.string().optional(),
  path: z.string().optional(),
  form: pairs.optional(),
  headers: pairs.optional(),
  values: z.record(z.string(), sessionValueSchema).default({}),
});

const targetSchema = z.strictObject({
  url: z.string().refine(isHttpUrl, '"url" is a URL that begins with http:// or https://'),
  host: z.string().optional(),
  waf: wafSchema.optional(),
  limits: limitsSchema.optional(),
  logWait: positive.optional(),
  attacks: z.boolean().optional(),
  ca: z.string().optional(),
  insecure: z.boolean().optional(),
  session: sessionSchema.optional(),
});

/** The shape of `wafproof.config.yaml`. */
export const configSchema = z.strictObject({
  targets: z.record(z.string(), targetSchema).default({}),
  suites: z.array(z.string()).optional(),
});

export type ConfigShape = z.output<typeof configSchema>;
export type TargetShape = z.output<typeof targetSchema>;
export type WafShape = z.output<typeof wafSchema>;
