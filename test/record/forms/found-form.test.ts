import { expect, test } from 'vitest';
import { readPage } from '../../../src/html/page.js';
import { askingRequest, formRequest } from '../../../src/record/forms/form-filling.js';
import {
  askingForms,
  firstForms,
  formShape,
  isHarmfulAddress,
  isHarmfulLink,
  postingForms,
  whyLeftAlone,
} from '../../../src/record/forms/found-form.js';
import { linkTarget, pageShape } from '../../../src/record/forms/page-shape.js';

const at = 'https://shop.test/posts/17/edit?tab=1';
const found = (html: string) => postingForms(firstForms(readPage(`<title>Edit post</title>${html}`), at));
const reasonsOf = (html: string) => found(html).map((form) => whyLeftAlone(form, 'https://shop.test'));
const bodyOf = async (html: string) => {
  const [form] = found(html);
  if (form === undefined) throw new Error('no form');
  const { body } = await formRequest(form);
  return body.kind === 'bytes' ? Buffer.from(body.bytes).toString() : '';
};

test('a form is found with its own action, although a field is called so, and with the title of its page', () => {
  const [form] = found(
    '<form method=post action="/posts/17"><h2>Your <b>post</b></h2><input name=action value=edit><button>Save it</button></form>',
  );
  expect(form).toMatchObject({
    action: 'https://shop.test/posts/17',
    title: 'Edit post: Your post, Save it',
    mark: { action: '/posts/17', names: ['action'] },
  });
});

test('forms that only ask, and forms without an address, are none', () => {
  expect(found('<form action=/search><input name=q></form><form method=post action="http://[x"></form>')).toEqual([]);
});

test('forms that differ by ids alone are of one shape', () => {
  const [one, other, more] = found(
    '<form method=post action=/posts/17><input name=row-1></form><form method=post action=/posts/18><input name=row-2></form><form method=post action=/posts/18><input name=b></form>',
  ).map(formShape);
  expect(one).toBe(other);
  expect(more).not.toBe(one);
});

test.each([
  ['<form method=post action=/admin/logout/><button>Bye</button></form>', 'ends the session'],
  ['<form method=post><button name=op value="Delete post">x</button></form>', 'ends the session'],
  ['<form method=post action="/x?action=trash"></form>', 'ends the session'],
  ['<form method=post><input type=password name=p></form>', 'password'],
  ['<form method=post><input name=n autocomplete="cc-number"></form>', 'payment'],
  ['<form method=post action=/checkout></form>', 'payment'],
  ['<form method=post action=https://other.test/></form>', 'another origin'],
])('%s is left alone', (html, reason) => {
  expect(reasonsOf(html)).toEqual([expect.stringContaining(reason)]);
});

test.each(['/comments', '/blog/', '/payload', '/undeleted-things', '/wp-admin/post.php?action=edit'])(
  'a form that is sent to %s is not',
  (action) => {
    expect(reasonsOf(`<form method=post action="${action}"><textarea name=text></textarea></form>`)).toEqual([
      undefined,
    ]);
  },
);

test.each([
  ['https://shop.test/wp-login.php?action=logout', true],
  ['https://shop.test/posts/1/delete/', true],
  ['https://shop.test/signout', true],
  ['https://shop.test/blog/out-of-office', false],
  ['https://shop.test/%E5%88%A0%E9%99%A4/1', true],
  ['https://shop.test/konto/abmelden', true],
  ['https://shop.test/item/3/del', true],
])('of links, %s is harmful: %s', (url, harmful) => {
  expect(isHarmfulAddress(url)).toBe(harmful);
});

test.each(
  `Log out|Abmelden|Ausloggen|Se déconnecter|Supprimer|删除|退出登录|ログアウト|削除|Cerrar sesión|Eliminar|Borrar|Sair|Excluir|Esci|Elimina|Выйти|Удалить|تسجيل الخروج|حذف|로그아웃|삭제|Uitloggen|Verwijderen|Logga ut|Radera|Log ud|Slet|Wyloguj|Usuń|Odhlásit|Smazat|Çıkış|Sil|Kirjaudu ulos|Poista|Αποσύνδεση|Διαγραφή|Törlés|Konto löschen|Kündigen|Zurücksetzen|Stornieren|Bezahlen|Jetzt kaufen|Payer|Comprar|支付|購入|Оплатить`.split(
    '|',
  ),
)('a form whose button says %s is left alone', (label) => {
  expect(reasonsOf(`<form method=post><input name=a><button>${label}</button></form>`)).not.toEqual([undefined]);
});

test.each(`Speichern|Enregistrer|Guardar|保存|Сохранить|حفظ|Wissen teilen|Preview|Silber|Kaufmann|Salida`.split('|'))(
  'a form whose button says %s is not',
  (label) => {
    expect(reasonsOf(`<form method=post><input name=a><button>${label}</button></form>`)).toEqual([undefined]);
  },
);

test.each([
  ['<form method=post><input type=hidden name=_method value=DELETE><button>x</button></form>', 'takes something away'],
  ['<form method=post><button title="Delete">x</button></form>', 'takes something away'],
  ['<form method=post onsubmit="return confirm(\'Really?\')"><input name=a></form>', 'sure'],
  ['<form method=post><input name=a><button data-confirm="Really?">ok</button></form>', 'sure'],
  ['<form method=post><input name=a><button formaction="/posts/1/trash">ok</button></form>', 'takes something away'],
  ['<form method=post><input name=a><button formaction="//other.test/">ok</button></form>', 'another origin'],
])('%s is left alone for what does not show at once', (html, reason) => {
  expect(reasonsOf(html)).toEqual([expect.stringContaining(reason)]);
});

test.each([
  ['<a href=/do?id=3 onclick="return confirm(1)">x</a>', true],
  ['<a href=/go data-method=delete>x</a>', true],
  ['<a href=/go title="Löschen">x</a>', true],
  ['<a href=/bye>Log out</a>', true],
  ['<a href=/stains>How to remove stains</a>', false],
  ['<a href=/go data-method=get>Orders</a>', false],
])('of links, %s is harmful by what is said of it: %s', (html, harmful) => {
  const [link] = readPage(html).elements.filter(({ tag }) => tag === 'a');
  expect(link && isHarmfulLink(link, 'https://shop.test/do')).toBe(harmful);
});

test('a form without POST that something can be filled into is known as one that asks', async () => {
  const html =
    '<form action=/search?a=1><input name=q><input type=hidden name=lang value=en></form><form><button>Go</button></form>';
  const [form, ...others] = askingForms(firstForms(readPage(html), at));
  expect(others).toEqual([]);
  const request = form && (await askingRequest(form));
  expect(request).toMatchObject({ method: 'GET', body: { kind: 'none' } });
  expect(request?.url).toMatch(/^https:\/\/shop\.test\/search\?q=.+&lang=en$/);
});

test('links lead to pages of the application, each shape of them once', () => {
  const target = (href: string) => linkTarget(href, at, 'https://shop.test');
  expect(target('../18/edit?tab=2#top')).toBe('https://shop.test/posts/18/edit?tab=2');
  expect(['mailto:a@b.test', '//other.test/', '/a.pdf', 'http://[', 'javascript:void 0'].map(target)).toEqual(
    Array(5).fill(undefined),
  );
  expect(pageShape(at)).toBe(pageShape('https://shop.test/posts/18/edit?tab=9'));
});

test('fields get what fits their type and name, hidden ones and choices stay as they are', async () => {
  const body = await bodyOf(`<form method=post>
    <input type=hidden name=csrf value=abc><input name=mail type=email><input name=site type=url>
    <input name=when type=date><input name=count type=number min=3><input name=title maxlength=5><input name=kept readonly value=k>
    <input name=tel autocomplete=tel><textarea name=comment></textarea><select name=s><option>one<option selected>two</select>
    <input type=checkbox name=c checked><input type=checkbox name=d><input name=colour type=color></form>`);
  const fields = new URLSearchParams(body);
  expect(fields.get('mail')).toMatch(/@/);
  expect(fields.get('site')).toMatch(/^\w+:/);
  expect(fields.get('tel')?.match(/\d/g)?.length).toBeGreaterThan(5);
  expect(fields.get('title')?.length).toBeLessThanOrEqual(5);
  expect(fields.get('comment')?.length).toBeGreaterThan(10);
  const rest = ['csrf', 'when', 'count', 'kept', 's', 'c', 'd', 'colour'].map((name) => fields.get(name));
  expect(rest).toEqual(['abc', '2026-01-02', '3', 'k', 'two', 'on', null, '#336699']);
});

test('a field for a file gets a small one', async () => {
  expect(await bodyOf('<form method=post enctype=multipart/form-data><input type=file name=up></form>')).toMatch(
    /name="up"; filename="notes\.md"\r\nContent-Type: text\/markdown\r\n\r\n# Notes/,
  );
});
