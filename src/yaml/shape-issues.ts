import type { z } from 'zod';
import { entryOf, itemsOf, type YamlNode } from './yaml-node.js';

type Issue = z.core.$ZodIssue;

/** Of a union's branches, the one whose outer type fits: its issues say what is wrong inside. */
export function withoutUnion(issue: Issue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  if ('options' in issue && issue.options !== undefined) return [notAnOption(issue, issue.options)];
  const inner = issue.errors.find((branch) => branch.every(({ path }) => path.length > 0));
  if (inner === undefined) return [issue];
  return inner.flatMap((deeper) => withoutUnion({ ...deeper, path: [...issue.path, ...deeper.path] }));
}

/** No branch has such a key in it that tells branches apart. */
function notAnOption({ path, message }: Issue, options: z.core.$ZodIssueInvalidValue['values']): Issue {
  return { code: 'invalid_value', values: options, path, message };
}

/** Follows a path as far as the nodes go. */
export function locate(root: YamlNode, path: readonly PropertyKey[]) {
  let node = root;
  let keyAt = root.at;
  for (const step of path) {
    const entry = entryOf(node, String(step));
    const next = entry?.value ?? itemsOf(node)[Number(step)];
    if (next === undefined) break;
    node = next;
    keyAt = entry?.keyAt ?? next.at;
  }
  return { node, keyAt };
}
