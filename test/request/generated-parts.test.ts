import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitsTemplate, hasPlaceholder } from '../../src/model/placeholders.js';
import { nameParts, templateOf } from '../../src/request/generated-parts.js';

const certain = (name: string) => templateOf(nameParts(name), 'one');
const possible = (name: string) => templateOf(nameParts(name), 'several');

describe('generated parts of names', () => {
  it.each([
    ['custom[47][name]', 'custom[{number}][name]'],
    ['element[1][0][]', 'element[{number}][{number}][]'],
    ['e81a5363-359d-4392-b851-9a30df9a7d7b', '{uuid}'],
    ['cert[e81a5363-359d-4392-b851-9a30df9a7d7b].pem', 'cert[{uuid}].pem'],
    ['item_3', 'item_{number}'],
    ['field-17-title', 'field-{number}-title'],
    ['17', '{number}'],
    ['answers.0.text', 'answers.{number}.text'],
    ['user:17:name', 'user:{number}:name'],
    ['wp-settings-1', 'wp-settings-{number}'],
    ['_pk_id.1.a3f2', '_pk_id.{number}.{hex}'],
    ['wordpress_logged_in_9b1c44e07d00112233445566778899aa', 'wordpress_logged_in_{hex}'],
    ['5f3a2b1c9d8e7f6a5b4c3d2e', '{hex}'],
    ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '{ulid}'],
    ['id_dQw4w9WgXcQ', 'id_{hash}'],
    ['cuid_cjld2cjxh0000qzrmn831i7rn', 'cuid_{hash}'],
    ['on_2024-01-31', 'on_{date}'],
    ['at_2024-01-31T10:00:00+01:00', 'at_{time}'],
    ['img1700000000123', 'img{number}'],
    ['V1StGXR8_Z5jdHi6B-myT', '{token}'],
    ['item_V1StGXR8_Z5jdHi6B-myT', 'item_{token}'],
    ['dGhpcyBpcyBhIHRlc3Q', '{hash}'],
    ['cus_NffrFeUfNV2Hib', 'cus_{hash}'],
    ['1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms', '{hash}'],
    ['SSESS5d41402abc4b2a76b9719d911017c592', 'SSESS{hex}'],
    ['sgqa_12X34X567', 'sgqa_{number}X{number}X{number}'],
    ['cb_0.123456789', 'cb_{number}.{number}'],
    ['users[jane.doe@example.com][role]', 'users[{email}][role]'],
  ])('are seen in %s from one case', (name, template) => {
    expect(certain(name)).toBe(template);
    expect(fitsTemplate(template, name)).toBe(true);
  });

  it.each(
    'address2 q1 utf8 h1 sha256 oauth2 2fa v2 utf_8 sha_256 md5 base64 x509 ipv4 a11y i18n 3d_model face2face deadbeef größe2 iPhone12ProMax2 billingAddress2Line1Street address2line1city3zip4 jquery-3.6.0.min comment_post_ID wordpress_test_cookie custom[][name] line1 %31 1.2.3 csrfMiddlewareToken OAuth2ClientSecretKey X-CSRF-Token-V2 __EVENTVALIDATION ctl_MainContent_TxtName lblTxtBxQtyGrdVwCtl'.split(
      ' ',
    ),
  )('are not seen in %s', (name) => {
    expect(certain(name)).toBe(name);
    expect(possible(name)).toBe(name);
  });

  it.each('address_line_1 phone_2 step_2 field17 SKU12345 year_2024 2_factor color_a1b2c3'.split(' '))(
    'are in doubt in %s',
    (name) => {
      expect(certain(name)).toBe(name);
      expect(hasPlaceholder(possible(name))).toBe(true);
    },
  );

  it('leave every other character as it is, and fit the name that they were seen in', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[a-z]{1,5}[[_.-][0-9a-f]{1,12}[\]_.-][A-Za-z0-9]{0,14}$/),
    );
    fc.assert(
      fc.property(name, (text) => {
        const parts = nameParts(text);
        expect(parts.map((part) => part.text).join('')).toBe(text);
        if (hasPlaceholder(text)) return;
        for (const most of ['one', 'several', 'silent'] as const) {
          const template = templateOf(parts, most);
          expect(template === text || fitsTemplate(template, text)).toBe(true);
        }
      }),
    );
  });

  it('are not looked for in what is no name for people', () => {
    const long = `a[${'1'.repeat(400)}]`;
    expect(certain(long)).toBe(long);
  });
});
