import type { FallbackBehavior, Inspection } from './field-to-match.js';
import type { ActionOverride } from './rule-action.js';

/** Where the address of the client is taken from, where it is not that of the connection. */
export interface ForwardedIp {
  readonly header: string;
  readonly fallback: FallbackBehavior;
  /** Which of the addresses in the header; only for IP sets. */
  readonly position?: 'FIRST' | 'LAST' | 'ANY';
}

/** How a text must stand in what is inspected (`PositionalConstraint`). */
export type PositionalConstraint = 'EXACTLY' | 'STARTS_WITH' | 'ENDS_WITH' | 'CONTAINS' | 'CONTAINS_WORD';

/** How a length is compared (`ComparisonOperator`). */
export type ComparisonOperator = 'EQ' | 'NE' | 'LE' | 'LT' | 'GE' | 'GT';

/**
 * What a rule asks of a request (WAFv2 API, `Statement`). References hold the ARN, or in a template the name of the
 * resource there, or the expression as it is written: what they refer to is looked up in `KnownResources`.
 */
export type AclStatement =
  | {
      readonly kind: 'byte-match';
      readonly search: Uint8Array;
      readonly position: PositionalConstraint;
      readonly inspect: Inspection;
    }
  | { readonly kind: 'regex-match'; readonly pattern: string; readonly inspect: Inspection }
  | { readonly kind: 'regex-set'; readonly ref: string; readonly inspect: Inspection }
  | {
      readonly kind: 'size';
      readonly comparison: ComparisonOperator;
      /** In bytes, after the transformations. */
      readonly size: number;
      readonly inspect: Inspection;
    }
  | { readonly kind: 'sqli'; readonly sensitivity: 'LOW' | 'HIGH'; readonly inspect: Inspection }
  | { readonly kind: 'xss'; readonly inspect: Inspection }
  | { readonly kind: 'geo'; readonly countries: readonly string[]; readonly forwarded?: ForwardedIp }
  | { readonly kind: 'asn'; readonly numbers: readonly number[]; readonly forwarded?: ForwardedIp }
  | { readonly kind: 'ip-set'; readonly ref: string; readonly forwarded?: ForwardedIp }
  | { readonly kind: 'label'; readonly scope: 'LABEL' | 'NAMESPACE'; readonly key: string }
  | { readonly kind: 'and' | 'or'; readonly statements: readonly AclStatement[] }
  | { readonly kind: 'not'; readonly statement: AclStatement }
  | {
      readonly kind: 'rate';
      /** Requests in the window; absent where only the deployment knows it. */
      readonly limit?: number;
      /** In seconds; 300 where it is not set. */
      readonly windowSeconds: number;
      /** `IP`, `FORWARDED_IP`, `CUSTOM_KEYS`, `CONSTANT`. */
      readonly aggregate: string;
      readonly customKeys: number;
      /** Where the address is taken from that is counted by; the rule is not applied where that header is absent. */
      readonly forwarded?: ForwardedIp;
      readonly scopeDown?: AclStatement;
    }
  | ManagedGroup
  | {
      readonly kind: 'rule-group';
      readonly ref: string;
      readonly overrides: readonly ActionOverride[];
    }
  /** A statement that is newer than this program, empty, or known at deployment only. */
  | { readonly kind: 'unknown'; readonly why: string };

/** A group of rules that AWS or a seller on its marketplace keeps. */
export interface ManagedGroup {
  readonly kind: 'managed-group';
  readonly vendor: string;
  readonly name: string;
  /** Absent: the default version, which the owner of the group moves. */
  readonly version?: string;
  readonly overrides: readonly ActionOverride[];
  readonly scopeDown?: AclStatement;
  /** `InspectionLevel` of Bot Control, `COMMON` or `TARGETED`, where it is set. */
  readonly inspectionLevel?: string;
}
