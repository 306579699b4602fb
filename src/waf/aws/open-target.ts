import type { LogSource } from '../../contract/log-source.js';
import type { Surroundings } from '../../contract/waf.js';
import { fail, WafproofError } from '../../model/error.js';
import type { WafOptions } from '../../model/target-options.js';
import { readText } from '../../util/read-file.js';
import type { WebAcl } from './acl/web-acl.js';
import { aclKnowledge } from './acl-knowledge.js';
import { readWebAclArn, type WebAclArn } from './api/web-acl-arn.js';
import type { AwsRecord } from './log-record.js';
import { createAwsReader } from './logs/log-reader.js';
import { noticeHiding } from './sources/notice-hiding.js';

/** In bytes; the largest web ACL has 5,000 capacity units. */
const longestAcl = 16 * 1024 * 1024;

/** What tells of the requests to a target. */
export interface OpenedTarget {
  /** Absent where nobody tells of it. */
  readonly acl: WebAcl | undefined;
  readonly source: LogSource<AwsRecord>;
}

type Around = Omit<Surroundings, 'engine'>;

/** What is read of a target, with the web ACL as far as a file has it. */
interface Wanted {
  readonly waf: WafOptions;
  readonly inFile: WebAcl | undefined;
  readonly arn: WebAclArn | undefined;
  /** Logs that are read over the network; a log at hand takes their place. */
  readonly logs: WafOptions['logs'];
  readonly samples: boolean;
}

/**
 * Opens all that a target names: logs at hand, logs and samples that AWS has, and the web ACL.
 * @throws WafproofError `LOG_MISSING`, `ACL_…`, `AWS_…`
 */
export async function openTarget(waf: WafOptions, around: Around): Promise<OpenedTarget> {
  const { samples = false, log } = waf;
  const logs = log === undefined ? waf.logs : undefined;
  if (log === undefined && logs === undefined && !samples) throw nothingTells('the target names no "logs"');
  const inFile = await aclInFile(waf);
  const wanted = { waf, inFile, arn: arnOf(waf, inFile), logs, samples };
  const { acl, sources, hidden } = await openInAws(wanted, around);
  const atHand = log === undefined ? [] : [await openAtHand(waf, acl, around)];
  return { acl, source: noticeHiding(around.combine([...atHand, ...sources]), hidden) };
}

async function aclInFile({ webAcl }: WafOptions): Promise<WebAcl | undefined> {
  if (webAcl === undefined || webAcl.startsWith('arn:')) return undefined;
  const { readAclFiles } = await import('./source/read-acl-files.js');
  return (await readAclFiles([webAcl], (file) => readText(file, longestAcl))).acl;
}

function arnOf({ webAcl, region }: WafOptions, inFile: WebAcl | undefined): WebAclArn | undefined {
  const arn = inFile === undefined ? webAcl : inFile.arn;
  return arn === undefined ? undefined : readWebAclArn(arn, region);
}

interface InAws {
  readonly acl: WebAcl | undefined;
  readonly sources: readonly LogSource<AwsRecord>[];
  readonly hidden?: string;
}

async function openInAws(wanted: Wanted, around: Around): Promise<InAws> {
  const { waf, inFile, arn, logs, samples } = wanted;
  const from = around.beginningOf(waf);
  const { prefix } = around;
  if (logs === undefined && !samples) return { acl: inFile ?? (await aclByArn(wanted, prefix)), sources: [] };
  const { openAwsSources, openLogGroup } = await import('./sources/open-sources.js');
  if (arn !== undefined) return openAwsSources({ arn, samples, prefix, from, ...(logs !== undefined && { logs }) });
  if (samples) throw needsArn('samples are asked for by the ARN of the web ACL');
  if (logs === undefined || 's3' in logs) throw needsArn('logs in S3 are found by the ARN of the web ACL');
  const group = { group: logs.cloudwatch, prefix, from, ...(waf.region !== undefined && { region: waf.region }) };
  const acl = inFile === undefined ? {} : { acl: aclKnowledge(inFile) };
  return { acl: inFile, sources: [await openLogGroup({ ...group, ...acl })] };
}

/** A log at hand can be read without AWS, if with less knowledge of the rules: the doctor tells what AWS refuses. */
async function aclByArn({ arn }: Wanted, prefix: string): Promise<WebAcl | undefined> {
  if (arn === undefined) return undefined;
  const { openAwsSources } = await import('./sources/open-sources.js');
  try {
    return (await openAwsSources({ arn, samples: false, prefix, from: 0 })).acl;
  } catch (error) {
    if (error instanceof WafproofError) return undefined;
    throw error;
  }
}

function openAtHand(waf: WafOptions, acl: WebAcl | undefined, { openLog }: Around): Promise<LogSource<AwsRecord>> {
  const known = acl === undefined ? {} : { acl: aclKnowledge(acl) };
  return openLog(waf, (prefix) => createAwsReader(prefix === undefined ? known : { ...known, prefix }));
}

function needsArn(why: string): WafproofError {
  return nothingTells(`${why}: set webAcl: arn:aws:wafv2:…`);
}

function nothingTells(reason: string): WafproofError {
  const ways =
    'logs: { cloudwatch: GROUP }, { s3: URL }, { file: PATH } or { command: … }, or samples: true with webAcl: ARN';
  return fail('LOG_MISSING', { reason: `${reason}; AWS WAF takes ${ways}` });
}
