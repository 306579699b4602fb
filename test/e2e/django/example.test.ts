import { describe, expect, test } from 'vitest';
import { runExample } from '../../apps/run-example.js';
import { adminPassword, django, startDjango } from './django-app.js';

describe.skipIf(django === undefined)('the example for Django', () => {
  test('arrives: each case is answered by the application, and is in its database', async () => {
    const app = await startDjango(9);
    const secrets = {
      DJANGO_USER: 'admin',
      DJANGO_PASSWORD: adminPassword,
    };
    const found = await runExample('django', app.url, secrets);
    expect(found.length).toBeGreaterThanOrEqual(25);
    const asked = ['search', 'filter'];
    const wrong = found.filter(([id, , status]) => status !== (asked.includes(id) ? 200 : 302));
    expect(wrong).toEqual([]);
    const verdicts = new Set(found.map(([, verdict]) => verdict));
    expect(verdicts).toEqual(new Set(['let-through', 'false-positive']));
    const saved = (sql: string) => app.rows(`select ${sql}`).flat();
    const pages = found.filter(([id]) => ![...asked, 'group', 'own-name', 'site'].includes(id));
    expect(saved("replace(url, '/', '') from django_flatpage order by 1")).toEqual(pages.map(([id]) => id).sort());
    expect(saved("content from django_flatpage where url = '/disk-full/'")).toEqual([
      expect.stringContaining('-exec rm {} \\;\r\nsystemctl restart nginx &&'),
    ]);
    expect(saved('name from auth_group')).toEqual(['Editors; translators & "guests"']);
    expect(saved("first_name || ' ' || last_name from auth_user order by id")).toEqual([`Ann "Nan" O'Shea-D'Arcy`]);
    expect(saved("domain || ' ' || name from django_site")).toEqual(["mill.example:8443 The miller's shop -- Ennis"]);
  }, 600_000);
});
