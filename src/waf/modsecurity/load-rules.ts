import { readFileSync } from 'node:fs';
import koffi from 'koffi';
import type { RulePart } from './engine-protocol.js';
import type { Api, Pointer } from './library-api.js';

/** Rules as loaded into the engine. */
export type RuleSet = { readonly pointer: Pointer };

export class RuleError extends Error {
  override readonly name = 'RuleError';
  readonly part: RulePart;

  constructor(part: RulePart, message: string) {
    super(message);
    this.part = part;
  }
}

/** Loads rule sets, many of which may have the same files in them. */
export interface RuleLoader {
  /** @throws RuleError when the engine refuses a part */
  load(parts: readonly RulePart[]): RuleSet;
  free(rules: RuleSet): void;
}

/**
 * Files that are shared are parsed once, into a set of their own, and merged into each rule set that has them, as nginx
 * merges those of a server into those of its locations: the rules are the same objects then, in the order of the parts.
 * Parsing the Core Rule Set takes fifty times as long as merging it.
 */
export function ruleLoader(api: Api): RuleLoader {
  const shared = new Map<string, Pointer>();
  const loadShared = (parts: readonly RulePart[]): Pointer => {
    const key = JSON.stringify(parts);
    const pointer = shared.get(key) ?? loadInto(api, api.createRules(), parts);
    shared.set(key, pointer);
    return pointer;
  };
  return {
    load(parts) {
      const pointer: Pointer = api.createRules();
      for (const run of runsOf(parts)) {
        if (run.every(isShared)) merge(api, pointer, loadShared(run), run);
        else loadInto(api, pointer, run);
      }
      return { pointer };
    },
    free: ({ pointer }) => void api.cleanupRules(pointer),
  };
}

/** The parts in their order, neighbours that are shared together, and so those that are not. */
function runsOf(parts: readonly RulePart[]): readonly (readonly RulePart[])[] {
  const runs: RulePart[][] = [];
  for (const part of parts) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && isShared(last[0]) === isShared(part)) last.push(part);
    else runs.push([part]);
  }
  return runs;
}

function isShared(part: RulePart): boolean {
  return 'file' in part && part.isShared === true;
}

type Refusal = [reason: Pointer];

function merge(api: Api, into: Pointer, from: Pointer, [first]: readonly RulePart[]): void {
  const error: Refusal = [null];
  const merged: number = api.merge(into, from, error);
  if (merged < 0 && first !== undefined) throw new RuleError(first, reasonOf(error));
}

function loadInto(api: Api, pointer: Pointer, parts: readonly RulePart[]): Pointer {
  for (const part of parts) {
    const error: Refusal = [null];
    const loaded: number =
      'file' in part ? api.addFile(pointer, part.file, error) : api.addText(pointer, part.text, error);
    if (loaded < 0) throw new RuleError(part, reasonOf(error));
    if (!endsInNewline(part)) absorbUnfinishedDirective(api, api.createRules());
  }
  return pointer;
}

function reasonOf([reason]: Refusal): string {
  return reason === null ? 'no reason given' : koffi.decode(reason, 'char', -1);
}

function endsInNewline(part: RulePart): boolean {
  return ('file' in part ? readFileSync(part.file, 'latin1') : part.text).endsWith('\n');
}

/**
 * A part that ends in `SecRuleUpdateTarget…` without a newline leaves libmodsecurity's lexer in a state in which the
 * next quoted text fails. A rule that is loaded into a set of its own takes that failure.
 */
function absorbUnfinishedDirective(api: Api, scratch: Pointer): void {
  api.addText(scratch, 'SecRule ARGS "@rx a" "id:1,phase:1,pass,nolog"\n', [null]);
}
