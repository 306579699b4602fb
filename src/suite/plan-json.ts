import { problem } from '../model/error.js';
import type { ScalarNode, YamlNode } from '../yaml/yaml-node.js';
import { type PlanContext, planValue } from './plan-value.js';
import type { JsonPlan } from './request-plan.js';

const nothing: JsonPlan = { kind: 'scalar', value: null };

/** Reads the value of `json`. */
export function planJson(node: YamlNode, context: PlanContext): JsonPlan {
  if (node.tag === 'file' || node.tag === 'base64') return documentTag(node, context);
  return planInner(node, context);
}

/** At the top of `json`, a file would become one JSON text, which nobody means. */
function documentTag(node: YamlNode, { report }: PlanContext): JsonPlan {
  const message = `!${node.tag} under "json" would be one quoted text; write "body: !${node.tag} …" and the header Content-Type: application/json`;
  report(problem('SUITE_INVALID', { message }, node.at));
  return nothing;
}

function planInner(node: YamlNode, context: PlanContext): JsonPlan {
  if (node.tag !== undefined) return planTagged(node, context);
  if (node.kind === 'sequence') return { kind: 'list', items: node.items.map((item) => planInner(item, context)) };
  if (node.kind === 'scalar') return planScalar(node, context);
  return { kind: 'object', entries: node.entries.map(({ key, value }) => [key, planInner(value, context)] as const) };
}

function planTagged(node: YamlNode, context: PlanContext): JsonPlan {
  const source = planValue(node, context);
  return source === undefined ? nothing : { kind: 'value', source };
}

function planScalar(node: ScalarNode, { report }: PlanContext): JsonPlan {
  const { value, text, at } = node;
  if (typeof value === 'number' && !isExact(value)) {
    const message = `${text} cannot be sent exactly as a JSON number; put it in quotes, or write the JSON text under "body"`;
    report(problem('SUITE_INVALID', { message }, at));
  }
  return { kind: 'scalar', value };
}

/** Whole numbers beyond 2^53 would be sent as another number, and JSON has no infinity. */
function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}
