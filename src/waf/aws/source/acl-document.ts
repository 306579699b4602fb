import type { KnownResources, WebAcl } from '../acl/web-acl.js';

/** What a file tells: web ACLs, and what these or those of another file may refer to. */
export interface AclDocument {
  /** Each under what names it in its file: its logical id, its address, or its name. */
  readonly acls: readonly { readonly id: string; readonly acl: WebAcl }[];
  readonly resources: KnownResources;
  /** In words: `CloudFormation template`. */
  readonly format: string;
}

/** Nothing that a web ACL could refer to. */
export const noResources: KnownResources = { ipSets: new Map(), regexSets: new Map(), ruleGroups: new Map() };

/** What is in any of them; of what has the same name, the last. */
export function joinResources(all: readonly KnownResources[]): KnownResources {
  return {
    ipSets: new Map(all.flatMap(({ ipSets }) => [...ipSets])),
    regexSets: new Map(all.flatMap(({ regexSets }) => [...regexSets])),
    ruleGroups: new Map(all.flatMap(({ ruleGroups }) => [...ruleGroups])),
  };
}
