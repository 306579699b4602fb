import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RequestSpec } from '../../../src/model/request.js';
import { neededSetting, readCrsSettings } from '../../../src/waf/modsecurity/crs-settings.js';
import { ruleFile } from './engine-fixture.js';

const options = { rulesBefore: [], rulesAfter: [], mode: 'block' } as const;
const settings = readCrsSettings(options);

function request(more: Partial<RequestSpec>): RequestSpec {
  const nothing = { query: [], headers: [], cookies: [], omittedHeaders: [] };
  return { method: 'POST', path: '/a', ...nothing, body: { kind: 'none' }, ...more };
}

function typed(type: string): RequestSpec {
  return request({ headers: [['Content-Type', type]], body: { kind: 'raw', content: { text: 'x' } } });
}

describe('settings of the Core Rule Set', () => {
  it('are those of its initialisation, unless crs-setup or a rule of the user says otherwise', () => {
    expect(settings.get('allowed_methods')).toBe('GET HEAD POST OPTIONS');
    const own = ruleFile('own.conf', `SecAction "id:1,phase:1,nolog,pass,setvar:'tx.allowed_methods=GET'"\n`);
    expect(readCrsSettings({ ...options, rulesBefore: [own] }).get('allowed_methods')).toBe('GET');
  });

  it('do not come from comments', () => {
    const own = ruleFile('own.conf', `#  setvar:'tx.allowed_methods=NONE'\n`);
    expect(readCrsSettings({ ...options, rulesBefore: [own] }).get('allowed_methods')).toBe('GET HEAD POST OPTIONS');
  });

  it('take the method, type and charset that requests need', () => {
    expect(neededSetting(911100, [request({ method: 'PUT' }), request({ method: 'PATCH' })], settings)).toEqual({
      name: 'allowed_methods',
      value: 'GET HEAD POST OPTIONS PUT PATCH',
      written: 'TX:allowed_methods',
    });
    expect(neededSetting(920420, [typed('application/GraphQL; charset=utf-8')], settings)?.value).toMatch(
      / \|application\/graphql\|$/,
    );
    expect(neededSetting(920480, [typed('text/plain; charset="Shift_JIS"')], settings)?.value).toMatch(/\|shift_jis$/);
  });

  it('take the limit that the largest request needs', () => {
    const limited = new Map([...settings, ['arg_length', '5'], ['max_num_args', '1']]);
    const fields = (...values: string[]) =>
      request({ body: { kind: 'form', fields: values.map((value, i) => [`f${i}`, value]) } });
    expect(neededSetting(920370, [fields('123456'), fields('12345678')], limited)?.value).toBe('8');
    expect(neededSetting(920380, [fields('a', 'b', 'c')], limited)?.value).toBe('3');
    expect(neededSetting(920370, [fields('123456')], settings)).toBeUndefined();
  });

  it('are none for rules that look for attacks', () => {
    expect(neededSetting(942100, [request({})], settings)).toBeUndefined();
  });

  it('never hold what a request could break configuration with', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (method, type) => {
        const spec = request({ method, headers: [['Content-Type', type]] });
        for (const rule of [911100, 920420, 920480]) {
          const value = neededSetting(rule, [spec], settings)?.value ?? '';
          expect(value).toMatch(/^[\w|/.+: -]*$/);
        }
      }),
    );
  });
});
