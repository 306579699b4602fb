import { fail } from '../../model/error.js';
import type { EngineOptions } from '../../model/options.js';
import { readText } from '../../util/read-file.js';
import type { AclSource, Front } from './acl/web-acl.js';
import { readWebAclArn } from './api/web-acl-arn.js';
import { readAclFiles } from './source/read-acl-files.js';

/** A state of Terraform's with a web ACL in it may be large. */
const maxFileBytes = 200_000_000;

/** What `front` may name. */
const fronts: readonly Front[] = [
  'alb',
  'cloudfront',
  'api-gateway',
  'appsync',
  'cognito',
  'app-runner',
  'verified-access',
];

/** A web ACL, and what stands before the application. */
export interface OpenedAcl {
  readonly source: AclSource;
  readonly front: Front;
}

/**
 * Reads the web ACL that options name: from files, or from AWS by its ARN. What it refers to is known from files only.
 * @throws WafproofError `ACL_NONE`, `ACL_FRONT_UNKNOWN`, and all that can be wrong with the files or with asking AWS
 */
export async function openAcl({ acl = [], front }: EngineOptions): Promise<OpenedAcl> {
  if (acl.length === 0) throw fail('ACL_NONE', {});
  const [first = '', ...more] = acl;
  const isByArn = more.length === 0 && first.startsWith('arn:');
  const source = isByArn ? await sourceByArn(first) : await readAclFiles(acl, (file) => readText(file, maxFileBytes));
  return { source, front: frontOf(front, source) };
}

async function sourceByArn(text: string): Promise<AclSource> {
  const [{ openWafApi }, { webAclOf }] = await Promise.all([
    import('./api/waf-api.js'),
    import('./doctor/aws-facts.js'),
  ]);
  const arn = readWebAclArn(text);
  const api = await openWafApi({ region: arn.region });
  try {
    const resources = { ipSets: new Map(), regexSets: new Map(), ruleGroups: new Map() };
    return { acl: await webAclOf(api, arn), resources, format: 'answer of AWS', file: text };
  } finally {
    api.close();
  }
}

function frontOf(wanted: string | undefined, { acl }: AclSource): Front {
  if (wanted === undefined) return acl.scope === 'CLOUDFRONT' ? 'cloudfront' : 'alb';
  const front = fronts.find((one) => one === wanted);
  if (front === undefined) throw fail('ACL_FRONT_UNKNOWN', { name: wanted, known: fronts });
  return front;
}
