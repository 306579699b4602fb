import type { Dialect } from '../../../contract/dialect.js';
import { type Draft, linesOf } from '../../../model/draft.js';
import type { JsonValue } from '../../../model/request.js';
import type { AclSource, WebAcl } from '../acl/web-acl.js';
import type { AclChange } from '../changes/acl-change.js';
import { type Patch, type PatchedRule, patchesOf } from './change-patch.js';
import { type ChangeSet, changeSet, writtenInParts } from './dialect-source.js';
import { changeTexts, headTexts, type WriteTexts } from './explain-change.js';
import { insideQuotes, jsonBlock, jsonDraft, jsonMember } from './json-draft.js';
import type { PatchOperation } from './json-patch.js';
import { changeObstacle } from './obstacles.js';
import { type UpdateInput, updateInput } from './update-input.js';

const patchName = 'wafproof-patch.json';
const inputName = 'wafproof-update-web-acl.json';
/** It has the words that the input of an update has no place for. */
const wordsName = 'wafproof-update-web-acl.txt';

const what = ['A JSON Patch (RFC 6902) for the WebACL that get-web-acl answers with.'];

/** JSON of the WAFv2 API: a patch, and the input of an update where the ACL is there as the API gave it. */
export function awsJsonDialect(source: AclSource): Dialect {
  return {
    name: 'aws-json',
    obstacle: (exclusion) => changeObstacle(exclusion, source),
    write(exclusions, notes) {
      const set = changeSet(source, exclusions, notes);
      const patches = patchesOf(set.changes, patchedRules(source.acl));
      const update = updateInput(source.acl, [head(source.acl), ...patches.flatMap(({ operations }) => operations)]);
      const files = [
        { name: patchName, text: patchText(patches, set) },
        ...(update.kind === 'input' ? [{ name: inputName, text: [jsonDraft(update.input), '\n'] }] : []),
        { name: wordsName, text: words(update, set) },
      ];
      return writtenInParts({ exclusions, files, blocks: [] });
    },
  };
}

function head({ name }: WebAcl): PatchOperation {
  return { op: 'test', path: '/Name', value: name };
}

function patchText(patches: readonly Patch[], set: ChangeSet): Draft {
  const comment = { list: headTexts(what, set, insideQuotes), between: ' ' };
  const operations = patches.flatMap((patch) => patchOperations(patch, set));
  return [jsonBlock('[]', [operationText(head(set.source.acl), comment), ...operations], ''), '\n'];
}

/** The first operation has the words about all of them. */
function patchOperations({ changes, operations }: Patch, set: ChangeSet): readonly Draft[] {
  const write: WriteTexts = (texts) => insideQuotes(texts.map((text) => text.trim()).join('; '));
  const list = changes.flatMap((change) => whenAnyOf(change, changeTexts(change, set, write)));
  return operations.map((operation, place) => ({
    when: 'any',
    of: operation.exclusions ?? [],
    text: operationText(operation, place === 0 ? { list, between: '; ' } : undefined),
  }));
}

function whenAnyOf({ exclusions: of }: AclChange, texts: readonly Draft[]): readonly Draft[] {
  return texts.map((text) => ({ when: 'any', of, text }));
}

/** Members that RFC 6902 does not define are to be ignored, such as `comment` (section 4). */
function operationText({ op, path, value }: PatchOperation, comment: Draft | undefined): Draft {
  const members = Object.entries({ op, path, value }).map(([key, one]) => jsonMember(key, one, '    '));
  const words = comment === undefined ? [] : [['    "comment": "', comment, '"']];
  return ['  ', jsonBlock('{}', [...members, ...words], '  ')];
}

/** In the order of the document that is patched; where it is not there, in the one in which rules are evaluated. */
function patchedRules({ raw, rules }: WebAcl): readonly PatchedRule[] {
  const overridesOf = (name: string) => {
    const statement = rules.find((rule) => rule.name === name)?.statement;
    const overrides = statement !== undefined && 'overrides' in statement ? statement.overrides : [];
    return overrides.filter(({ isExcludedRule }) => !isExcludedRule).map(({ rule }) => rule);
  };
  const names = raw === undefined ? rules.map(({ name }) => name) : namesIn(raw['Rules']);
  return names.map((name) => {
    const overrides = overridesOf(name);
    return { name, ...(overrides.length > 0 && { overrides }) };
  });
}

function namesIn(rules: JsonValue | undefined): readonly string[] {
  if (!Array.isArray(rules)) return [];
  return rules.map((rule: JsonValue) => {
    const name = typeof rule === 'object' && rule !== null && 'Name' in rule ? rule['Name'] : undefined;
    return typeof name === 'string' ? name : '';
  });
}

function words(update: UpdateInput, set: ChangeSet): Draft {
  const { name, scope, id } = set.source.acl;
  const call = `--name ${name} --scope ${scope} --id ${id ?? 'ID'}${scope === 'CLOUDFRONT' ? ' --region us-east-1' : ''}`;
  const how =
    update.kind === 'none'
      ? [`No input of a full update was written: ${update.reason}.`, `${patchName} says what is to be changed.`]
      : [
          `${inputName} is the input of an update, which replaces the whole web ACL:`,
          '',
          `  1. aws wafv2 get-web-acl ${call}`,
          '     Compare it with the ACL that this was made from: what was changed since would be undone. Note its LockToken.',
          `  2. Put the token in the place of LOCK_TOKEN in ${inputName}.`,
          `  3. aws wafv2 update-web-acl --cli-input-json file://${inputName}${scope === 'CLOUDFRONT' ? ' --region us-east-1' : ''}`,
          '',
          'A token is good for one update: where somebody was faster, AWS answers WAFOptimisticLockException and changes nothing.',
          'Then make all of this again from the ACL as it is by then. A change takes up to some minutes until it is in force everywhere.',
        ];
  const first = headTexts(['What is beside this file, for the WAFv2 API.'], set, (text) => `${text}\n`);
  return [first, '\n', linesOf(how)];
}
