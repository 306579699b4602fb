import type { Undecided } from './outcome.js';

/** Labels that may be on a request: one, or all that begin with a prefix but some. */
export type PossibleLabels = { readonly undecided: Undecided } & (
  | { readonly label: string }
  | {
      readonly prefix: string;
      /** Labels with the prefix that cannot be there. */
      readonly isExcluded?: (label: string) => boolean;
    }
);

/** The labels of a request while rules are evaluated. A rule sees those of earlier rules only. */
export interface Labels {
  /** In the order in which they were added. */
  readonly sure: readonly string[];
  readonly possible: readonly PossibleLabels[];
}

export const noLabels: Labels = { sure: [], possible: [] };

export function withLabels(labels: Labels, sure: readonly string[], possible: readonly PossibleLabels[] = []): Labels {
  if (sure.length === 0 && possible.length === 0) return labels;
  return {
    sure: [...labels.sure, ...sure.filter((label) => !labels.sure.includes(label))],
    possible: [...labels.possible, ...possible],
  };
}

/** Stands in a prefix for an account that is not known. */
const anyAccount = '*';

/** `awswaf:<account>:webacl:<name>:` */
export function webAclPrefix(account: string | undefined, name: string): string {
  return `awswaf:${account ?? anyAccount}:webacl:${name}:`;
}

/** `awswaf:<account>:rulegroup:<name>:` */
export function ruleGroupPrefix(account: string | undefined, name: string): string {
  return `awswaf:${account ?? anyAccount}:rulegroup:${name}:`;
}

/** The key of a statement with the prefix of its rule, where it has none of its own. */
export interface WantedLabel {
  readonly scope: 'LABEL' | 'NAMESPACE';
  readonly key: string;
  /** Of the rule that asks; absent where the key begins with `awswaf:`. */
  readonly prefix?: string;
}

export function wantedLabel(scope: WantedLabel['scope'], key: string, prefix: string): WantedLabel {
  if (key.startsWith('awswaf:')) return { scope, key: withoutAccount(key, prefix) };
  return { scope, key, prefix };
}

/** Where the own account is not known, a key of the same ACL or group is taken to be of it. */
function withoutAccount(key: string, prefix: string): string {
  const parts = key.split(':');
  return prefix.startsWith(`awswaf:${anyAccount}:`) && /^\d{12}$/.test(parts[1] ?? '')
    ? ['awswaf', anyAccount, ...parts.slice(2)].join(':')
    : key;
}

/** Whether a label is what a statement looks for. */
export function isWanted(label: string, { scope, key, prefix }: WantedLabel): boolean {
  if (prefix === undefined) return scope === 'LABEL' ? label === key : label.startsWith(key);
  if (!label.startsWith(prefix)) return false;
  const own = `:${label.slice(prefix.length)}`;
  return scope === 'LABEL' ? own.endsWith(`:${key}`) : own.includes(`:${key}`);
}

/** Whether one of several possible labels may be what a statement looks for. */
export function mayBeWanted(possible: PossibleLabels, wanted: WantedLabel): boolean {
  if ('label' in possible) return isWanted(possible.label, wanted);
  const { scope, key, prefix = key } = wanted;
  if (wanted.prefix === undefined && scope === 'LABEL')
    return key.startsWith(possible.prefix) && possible.isExcluded?.(key) !== true;
  return possible.prefix.startsWith(prefix) || prefix.startsWith(possible.prefix);
}
