import { expect, test } from 'vitest';
import { z } from 'zod';
import { yamlFile, yamlFilesIn } from './yaml-files.js';

const config = 'ISSUE_TEMPLATE/config.yml';
const forms = yamlFilesIn('ISSUE_TEMPLATE').filter(({ path }) => path !== config);
const byPath = forms.map((form) => [form.path, form] as const);

const text = z.string().min(1);
const asked = { label: text, description: text.optional() };
const common = { id: z.string().regex(/^[\w-]+$/), validations: z.strictObject({ required: z.boolean() }).optional() };

const question = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('markdown'), attributes: z.strictObject({ value: text }) }),
  z.strictObject({
    ...common,
    type: z.literal('textarea'),
    attributes: z.strictObject({ ...asked, placeholder: text.optional(), render: text.optional() }),
  }),
  z.strictObject({
    ...common,
    type: z.literal('dropdown'),
    attributes: z.strictObject({ ...asked, options: z.array(text).min(2) }),
  }),
  z.strictObject({
    ...common,
    type: z.literal('checkboxes'),
    attributes: z.strictObject({ ...asked, options: z.array(z.strictObject({ label: text })).min(1) }),
  }),
]);
const form = z.strictObject({ name: text, description: text, labels: z.array(text), body: z.array(question).min(1) });

test.each(byPath)('%s is an issue form', (_, { value }) => {
  const { body } = form.parse(value);
  const ids = body.flatMap((one) => (one.type === 'markdown' ? [] : [one.id]));
  expect(ids.length).toBeGreaterThan(0);
  expect(new Set(ids).size).toBe(ids.length);
});

test('there is one for bugs, for wrong verdicts and for features', () => {
  expect(forms.map(({ path }) => path).sort()).toEqual([
    'ISSUE_TEMPLATE/bug-report.yml',
    'ISSUE_TEMPLATE/feature.yml',
    'ISSUE_TEMPLATE/wrong-verdict.yml',
  ]);
});

test.each(['bug-report', 'wrong-verdict'])('%s asks for the versions that doctor prints', (name) => {
  const { body } = form.parse(yamlFile(`ISSUE_TEMPLATE/${name}.yml`).value);
  const versions = body.find((one) => one.type === 'textarea' && one.id === 'versions');
  expect(versions).toMatchObject({
    attributes: { description: expect.stringContaining('`wafproof doctor`') },
    validations: { required: true },
  });
});

test('vulnerabilities are reported in private', () => {
  const links = z.array(z.strictObject({ name: text, url: z.url({ protocol: /^https$/ }), about: text }));
  const chooser = z.strictObject({ blank_issues_enabled: z.literal(false), contact_links: links });
  const { contact_links: contacts } = chooser.parse(yamlFile(config).value);
  expect(contacts.map(({ url }) => url)).toContain('https://github.com/wafproof/wafproof/security/advisories/new');
});
