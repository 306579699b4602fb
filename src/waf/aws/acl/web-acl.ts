import type { JsonValue } from '../../../model/request.js';
import type { RuleAction } from './rule-action.js';
import type { AclStatement } from './statement.js';

/** What a reference to a group of rules does with what the group decides (`OverrideAction`). */
export type GroupOverride = 'none' | 'count' | 'unknown';

/** One rule of a web ACL or of a group of one's own. */
export interface AclRule {
  readonly name: string;
  /**
   * Rules are evaluated from the lowest to the highest. `-1` where only the deployment knows it: such a rule stands first,
   * and its statement is `unknown`.
   */
  readonly priority: number;
  readonly statement: AclStatement;
  /** Of a rule; a reference to a group has `override` instead. */
  readonly action?: RuleAction;
  readonly override?: GroupOverride;
  /** As they are written, without the prefix that AWS puts before them. */
  readonly labels: readonly string[];
  /** It sets other labels too, which are known at deployment only. */
  readonly hasUnknownLabels?: true;
  readonly visibility: Visibility;
  /** Where it stands: a JSON pointer into the file, or an address such as `aws_wafv2_web_acl.main.rule["crs"]`. */
  readonly place: string;
}

/** What can be seen of a rule afterwards (`VisibilityConfig`). */
export interface Visibility {
  readonly metric?: string;
  /** Whether AWS counts its matches in CloudWatch. */
  readonly measured?: boolean;
  /** Whether AWS keeps samples of the requests that it matched. */
  readonly sampled?: boolean;
}

/** What stands before the application (keys of `AssociationConfig.RequestBody`, and those that have none). */
export type Front = 'alb' | 'cloudfront' | 'api-gateway' | 'appsync' | 'cognito' | 'app-runner' | 'verified-access';

/** A web ACL as far as its source tells. */
export interface WebAcl {
  readonly name: string;
  readonly scope: 'REGIONAL' | 'CLOUDFRONT';
  readonly arn?: string;
  readonly id?: string;
  /** The account in its ARN and in the labels of its rules. */
  readonly account?: string;
  /** `awswaf:<account>:webacl:<name>:`, where it is told or follows from account and name. */
  readonly labelNamespace?: string;
  readonly defaultAction: RuleAction;
  /** In the order in which they are evaluated. */
  readonly rules: readonly AclRule[];
  readonly visibility: Visibility;
  /** How many bytes of a body are inspected, where the ACL sets it (`AssociationConfig`). */
  readonly bodyLimits: Partial<Readonly<Record<Front, number>>>;
  readonly responseBodies: Readonly<Record<string, { readonly type: string; readonly content: string }>>;
  /** Capacity units, where AWS has told. */
  readonly capacity?: number;
  /** Groups that Firewall Manager puts before and after the rules, and which are not seen. */
  readonly firewallManagerGroups: readonly string[];
  /** The answer of the API as it came: only from it a full update may be made. */
  readonly raw?: { readonly [key: string]: JsonValue };
}

/** A group of rules of one's own. */
export interface OwnRuleGroup {
  readonly name: string;
  readonly capacity?: number;
  readonly labelNamespace?: string;
  readonly rules: readonly AclRule[];
}

/** What references in an ACL may point to, by ARN or by the name of the resource in its template. */
export interface KnownResources {
  /** Ranges in CIDR notation. */
  readonly ipSets: ReadonlyMap<string, readonly string[]>;
  readonly regexSets: ReadonlyMap<string, readonly string[]>;
  readonly ruleGroups: ReadonlyMap<string, OwnRuleGroup>;
}

/** What has been read of a web ACL: the ACL, and what it refers to. */
export interface AclSource {
  readonly acl: WebAcl;
  readonly resources: KnownResources;
  /** What it was read from, in words: `CloudFormation template`. */
  readonly format: string;
  readonly file: string;
}
