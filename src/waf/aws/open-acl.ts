import { fail } from '../../model/error.js';
import type { EngineOptions } from '../../model/options.js';
import { readText } from '../../util/read-file.js';
import type { AclSource, Front } from './acl/web-acl.js';
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
 * Reads the web ACL that options name.
 * @throws WafproofError `ACL_NONE`, `ACL_FRONT_UNKNOWN`, and all that can be wrong with the files
 */
export async function openAcl({ acl = [], front }: EngineOptions): Promise<OpenedAcl> {
  if (acl.length === 0) throw fail('ACL_NONE', {});
  const source = await readAclFiles(acl, (file) => readText(file, maxFileBytes));
  return { source, front: frontOf(front, source) };
}

function frontOf(wanted: string | undefined, { acl }: AclSource): Front {
  if (wanted === undefined) return acl.scope === 'CLOUDFRONT' ? 'cloudfront' : 'alb';
  const front = fronts.find((one) => one === wanted);
  if (front === undefined) throw fail('ACL_FRONT_UNKNOWN', { name: wanted, known: fronts });
  return front;
}
