import { describe, expect, it } from 'vitest';
import { actsOn, needs } from '../../src/exclude/acts-on.js';
import { hides, hidesField, isForWholeRule } from '../../src/exclude/hides.js';
import type { FieldPath } from '../../src/model/field.js';
import { probeRequest } from '../../src/request/probe-request.js';
import { endpoint, hitOf, type Removal, variable, withoutRules, withoutVariable, withSetting } from './exclusions.js';

const field: FieldPath = { kind: 'form', name: 'x' };
const ofEngine = withoutVariable('TX:1', [7]);
const ofField: Removal = { ...ofEngine, effect: 'remove-target', variable: variable('ARGS:x'), field };
const wide = [withoutRules([7]), withSetting('allowed_methods', 'GET PUT', [7])];

describe('an exclusion of a variable', () => {
  it('hides what has its name, and what is in its field under another name', () => {
    expect(hides(ofField, { variable: variable('ARGS:x') })).toBe(true);
    expect(hides(ofField, { variable: variable('ARGS_POST:x'), field })).toBe(true);
    expect(hides(ofEngine, { variable: variable('TX:1') })).toBe(true);
  });

  it('hides nothing else', () => {
    expect(hides(ofField, { variable: variable('ARGS:y'), field: { kind: 'form', name: 'y' } })).toBe(false);
    expect(hides(ofField, { variable: variable('ARGS:y') })).toBe(false);
    expect(hides(ofEngine, { variable: variable('ARGS:x'), field })).toBe(false);
    expect(hides(ofEngine, { variable: variable('TX:2') })).toBe(false);
  });

  it('hides the field that it is for, if any', () => {
    expect(hidesField(ofField, field)).toBe(true);
    expect(hidesField(ofField, { kind: 'form', name: 'y' })).toBe(false);
    expect(hidesField(ofEngine, field)).toBe(false);
  });
});

describe('an exclusion of rules, or of what they compare with', () => {
  it('hides everything', () => {
    for (const exclusion of wide) {
      expect(hides(exclusion, { variable: variable('ARGS:y') })).toBe(true);
      expect(hidesField(exclusion, field)).toBe(true);
    }
  });

  it('is for the rule as a whole', () => {
    expect([...wide, ofField].map(isForWholeRule)).toEqual([true, true, false]);
  });
});

describe('a request', () => {
  const request = { ...probeRequest(), ...endpoint, path: '/a?b=/c' };

  it('is one on which an exclusion acts by its method and its path without the query', () => {
    const scopes = [{}, endpoint, { path: '/a' }, { method: 'POST' }, { path: '/{name}' }];
    for (const scope of scopes) expect(actsOn({ scope }, request)).toBe(true);
    for (const scope of [{ path: '/c' }, { method: 'PUT' }, { method: 'PUT', path: '/a' }])
      expect(actsOn({ scope }, request)).toBe(false);
  });

  it('needs an exclusion where it has a hit of its rule on what it hides', () => {
    expect(needs({ request, hits: [hitOf(7, 'ARGS:x')] }, ofField)).toBe(true);
    expect(needs({ request, hits: [hitOf(7, 'ARGS:y'), hitOf(8, 'ARGS:x')] }, ofField)).toBe(false);
    expect(needs({ request: { ...request, path: '/b' }, hits: [hitOf(7, 'ARGS:x')] }, ofField)).toBe(false);
  });
});
