import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReportFile } from '../../../../src/contract/reporter.js';
import type { ConfigurationDraft } from '../../../../src/model/draft.js';
import type { Exclusion } from '../../../../src/model/exclusion.js';
import { joinDraft } from '../../../../src/model/join-draft.js';
import type { AclSource } from '../../../../src/waf/aws/acl/web-acl.js';
import { planChanges } from '../../../../src/waf/aws/changes/plan-changes.js';
import { awsDialectNames, awsDialectOf } from '../../../../src/waf/aws/dialects/aws-dialects.js';
import { readAclFiles } from '../../../../src/waf/aws/source/read-acl-files.js';
import { lfiCounts, toRule } from '../acls.js';
import { anyExclusion, anyRequest, decide, house, type ReadBack, readers } from './whole-acl.js';

const notes = { reasons: new Map(), engine: 'the evaluator' };

function write(name: string, exclusions: readonly Exclusion[], source: AclSource) {
  const written = awsDialectOf(name, source)?.write(exclusions, notes);
  if (written === undefined) throw new Error(`no dialect ${name}`);
  return written;
}

/** As who has the report gets it. */
function saved(draft: ConfigurationDraft | undefined): ConfigurationDraft {
  if (draft === undefined) throw new Error('no draft');
  return JSON.parse(JSON.stringify(draft));
}

function partOf(draft: ConfigurationDraft, some: readonly Exclusion[]): readonly ReportFile[] {
  return joinDraft(draft, new Set(some.map(({ id }) => id))).files;
}

/** The ACL as it is with the files in it. */
async function changedBy(files: readonly ReportFile[], readBack: ReadBack, source: AclSource) {
  const wanted = files.find(({ name }) => name.endsWith('update-web-acl.json')) ?? files[0];
  const [file, text] = await readBack(wanted?.content ?? '', source);
  return readAclFiles([file], async () => ({ kind: 'read', text }));
}

/** How many statements the shortest AND has: AWS WAF wants two. */
function shortestAnd(value: unknown): number {
  if (typeof value !== 'object' || value === null) return Number.POSITIVE_INFINITY;
  const own = 'kind' in value && value.kind === 'and' && 'statements' in value ? value.statements : undefined;
  return Math.min(Array.isArray(own) ? own.length : Number.POSITIVE_INFINITY, ...Object.values(value).map(shortestAnd));
}

const requests = fc.array(anyRequest, { minLength: 20, maxLength: 40 });
const someExclusions = fc.uniqueArray(anyExclusion, { maxLength: 6, selector: ({ id }) => id });

describe('what is written, read back in its whole, decides as the exclusions do: in', () => {
  it.each(Object.entries(readers))('%s', async (name, readBack) => {
    const source = house();
    await fc.assert(
      fc.asyncProperty(fc.array(anyExclusion, { maxLength: 4 }), requests, async (wanted, sent) => {
        const dialect = awsDialectOf(name, source);
        const exclusions = wanted.filter((one) => dialect?.obstacle(one) === undefined);
        const neutral = { acl: planChanges(source.acl, exclusions).acl, resources: source.resources };
        const read = await changedBy(write(name, exclusions, source).files, readBack, source);
        const [decideNeutral, decideRead] = [decide(neutral), decide(read)];
        for (const request of sent) expect(decideRead(request)).toEqual(decideNeutral(request));
      }),
      { numRuns: 60 },
    );
  });
});

describe('what a reader chooses of it, read back in its whole, decides as those exclusions alone do: in', () => {
  it.each(Object.entries(readers))('%s', async (name, readBack) => {
    const source = house();
    await fc.assert(
      fc.asyncProperty(someExclusions, fc.func(fc.boolean()), requests, async (wanted, isChosen, sent) => {
        const all = wanted.filter((one) => awsDialectOf(name, source)?.obstacle(one) === undefined);
        const some = all.filter(({ id }) => isChosen(id));
        const neutral = { acl: planChanges(source.acl, some).acl, resources: source.resources };
        const files = partOf(saved(write(name, all, source).draft), some);
        const read = await changedBy(files, readBack, source);
        const priorities = read.acl.rules.map(({ priority }) => priority);
        expect(new Set(priorities).size).toBe(priorities.length);
        expect(shortestAnd(read.acl.rules)).toBeGreaterThan(1);
        expect(read.acl.rules.map((rule) => rule.name)).toEqual(neutral.acl.rules.map((rule) => rule.name));
        const [decideNeutral, decideRead] = [decide(neutral), decide(read)];
        for (const request of sent) expect(decideRead(request)).toEqual(decideNeutral(request));
      }),
      { numRuns: 100 },
    );
  });
});

describe.each(awsDialectNames)('the draft of %s', (name) => {
  const all = [
    lfiCounts('POST', '/a'),
    lfiCounts('PUT', '/b'),
    toRule('scope-down', 'crs', '/c'),
    toRule('scope-down', 'crs', '/d'),
    toRule('narrow-rule', 'own', '/e'),
  ];

  it('for all exclusions is what is written', () => {
    const { files, draft } = write(name, all, house());
    expect(partOf(saved(draft), all)).toEqual(files);
    expect(JSON.stringify(files)).not.toContain('A part of');
  });

  it('for some of them says so in each file that has words, and has none of the others', () => {
    const [first, ...others] = all.map((one) => [one]);
    for (const { name: file, content } of partOf(saved(write(name, all, house()).draft), first ?? [])) {
      if (file.endsWith('update-web-acl.json')) continue;
      expect(content, file).toContain('A part of 5 exclusions that were verified together');
      expect(content, file).toContain('All of them take');
      for (const [other] of others) expect(content, file).not.toContain(`${other?.scope.path}"`);
    }
  });

  it('is not there where one exclusion makes a rule superfluous that another one needs', () => {
    const { groupRule, ...everywhere } = { ...toRule('count-only', 'crs', '/x'), groupRule: 'GenericLFI_BODY' };
    const both = [lfiCounts('POST', '/a'), { ...everywhere, groupRule, scope: {} } as Exclusion];
    expect(write(name, both, house()).draft).toBeUndefined();
    expect(write(name, both.slice(1), house()).draft).toBeDefined();
  });
});
