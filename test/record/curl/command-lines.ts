import fc from 'fast-check';
import { quoted } from './quoted-words.js';

/** Files that commands name. */
export const namedFiles: Readonly<Record<string, string | Uint8Array>> = {
  'n.txt': '1\n2\r\n',
  'j.json': '{"a": "é"}\n',
  'b.bin': Buffer.from([255, 0, 10, 13, 34, 65]),
  'my file.txt': 'a & b',
  'a;b,c.txt': 'semi',
  'q".html': '<p>',
  'h.txt': 'X-File: 1\nX-Two: 2; a\r\n\n# no\nAccept:\nX-Emp;\n',
  'x.tar.gz': 'gz',
  'p.PNG': 'png',
  'é.svg': '<svg/>',
  noext: 'noext',
  'k.conf': '# c\nheader = "X-Conf: a\\"b"\n--data "k=v w"\nuser-agent: K/1\ncompressed\n',
};

const odd = `abcXYZ019 =&;"'\\$\`!?*~#%^{}[]()<>|@,:+-_./\t`.split('');
const chars = fc.constantFrom(
  ...odd,
  'é',
  '😀',
  '\n',
  '\r\n',
  '\x01',
  '\x7f',
  '%20',
  '$x',
  '$(id)',
  '`id`',
  '\\n',
  '"x"',
);
const text = fc.array(chars, { maxLength: 10 }).map((all) => all.join(''));
const data = text.filter((all) => !all.startsWith('@'));
const line = text.map((all) => all.replaceAll('\x01', '').replace(/[\r\n\x7f]/g, ''));
const name = fc.stringMatching(/^[a-z][a-z0-9_-]{0,4}$/);
const file = fc.constantFrom(...Object.keys(namedFiles));
const plainFile = file.filter((path) => !/[;,"]/.test(path));
const joined = (...parts: fc.Arbitrary<string>[]) => fc.tuple(...parts).map((all) => all.join(''));

function option(long: string, values: fc.Arbitrary<string>, short?: string): fc.Arbitrary<string> {
  const word = quoted(values);
  const spelt = word.map((value) => `--${long} ${value}`);
  if (short === undefined) return spelt;
  const joins = word.map((value) => (/^\$?(?:''|"")$/.test(value) ? `-${short} ${value}` : `-${short}${value}`));
  return fc.oneof(
    spelt,
    word.map((value) => `-${short} ${value}`),
    joins,
  );
}

const dataOption = fc.oneof(
  option('data', data, 'd'),
  option('data', joined(fc.constant('@'), plainFile), 'd'),
  option('data-raw', text),
  option('data-ascii', data),
  option('data-binary', fc.oneof(data, joined(fc.constant('@'), plainFile))),
  option('data-urlencode', joined(fc.constantFrom('=', 'n=', 'na me=', 'é='), text)),
  option('data-urlencode', joined(fc.constantFrom('', 'n', 'na me'), fc.constant('@'), plainFile)),
);
const jsonOption = option('json', fc.oneof(data, fc.constantFrom('{"a":1}', '@j.json')));

const suffixes = fc
  .array(
    fc.constantFrom(
      ...[
        ';type=text/plain',
        '; type=text/x',
        ';type=text/html; charset=utf-8',
        ';type="text/q"',
        ';type=',
        ';unknown=1',
      ],
      ...[';filename=x.txt', ';filename="a;b.txt"', ';filename="q\\"r.png"', ';filename='],
      ...[';headers="X-P: 1"', ';headers=X-Q: 2', ';headers=@h.txt', ';headers="Content-Type: a/b"'],
      ...[';encoder=8bit', ';encoder=binary'],
    ),
    { maxLength: 2 },
  )
  .map((all) => all.join(''));
const path = file.map((one) => (/[;,"]/.test(one) ? `"${one.replaceAll('"', '\\"')}"` : one));
const upload = joined(path, suffixes);
const formOption = fc.oneof(
  option(
    'form',
    joined(
      name,
      fc.constant('='),
      text.map((all) => all.replace(/^[@<(]+/, '')),
    ),
    'F',
  ),
  option(
    'form',
    joined(name, fc.constantFrom('=plain', '="quoted; x"', '={"a": [1, 2]}', '="x" tail', '='), suffixes),
    'F',
  ),
  option('form', joined(name, fc.constantFrom('=@', '=<'), upload), 'F'),
  option('form', joined(name, fc.constant('=@'), upload, fc.constant(','), upload), 'F'),
  option('form', fc.constantFrom('a"b=1', 'a\\b=2', 'é=3', '=4', 'n[x]=5', 'a\nb=6'), 'F'),
  option('form-string', joined(name, fc.constant('='), text)),
  fc.constant('--form-escape'),
);

const headerName = fc.constantFrom('X-A', 'Content-Type', 'Accept', 'Cookie', 'Authorization', 'user-agent', 'Referer');
const header = fc.oneof(
  joined(headerName, fc.constant(': '), line),
  fc.constantFrom('X-Empty;', 'Accept:', 'User-Agent:', 'X-C:v', 'X-D:  two  ', 'Content-Type:', 'nocolon', '@h.txt'),
  fc.constantFrom('Content-Type: application/json', 'Content-Type: multipart/form-data', 'Host: other.test', 'X-E;x'),
);
const other = fc.oneof(
  option('header', header, 'H'),
  option('user-agent', line, 'A'),
  option('referer', fc.oneof(line, fc.constantFrom('http://r/;auto', ';auto')), 'e'),
  option('cookie', fc.oneof(fc.constant('a=1; b="two words"'), joined(fc.constant('k='), line)), 'b'),
  option('user', fc.constantFrom('ann:secret', 'ann:', 'é:ü', 'a:b:c', 'u:p w'), 'u'),
  option('oauth2-bearer', fc.constantFrom('tok', 'a b')),
  option('range', fc.constantFrom('0-5', '10-'), 'r'),
  option(
    'url-query',
    fc.oneof(
      fc.constantFrom('a=b', '+raw=%zz', 'q=x y&z', '=e', 'f@n.txt'),
      line.filter((all) => !all.includes('@')),
    ),
  ),
  option('config', fc.constant('k.conf'), 'K'),
  option('request-target', fc.constant('/abs?x=1')),
  fc.constantFrom('--compressed', '-sSL', '-k', '-g', '--path-as-is', '-o /dev/null', '-w ""', '-m5', '--next', '-0'),
);
const method = option('request', fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'GET', 'post', 'HEAD'), 'X');
const body = fc.oneof(
  fc.constant<string[]>([]),
  fc.array(dataOption, { minLength: 1, maxLength: 3 }),
  fc.array(formOption, { minLength: 1, maxLength: 3 }),
  fc.array(fc.oneof(jsonOption, dataOption), { minLength: 1, maxLength: 3 }),
  fc.array(dataOption, { minLength: 1, maxLength: 2 }).map((all) => ['-G', ...all]),
  fc.constantFrom(
    ['-I'],
    ['-T n.txt'],
    ["-T 'my file.txt'"],
    ['-T é.svg'],
    ['-Tn.txt', '-T b.bin'],
    ["-T '{n.txt,noext}'"],
  ),
);
const paths = fc.oneof(
  fc.constantFrom(
    '/a',
    '/',
    '',
    '/a/b?x=1',
    '?q=1',
    '/é?ü=1',
    '/a b',
    '/a/../b',
    '/..',
    '/a//b',
    '/a#f',
    '/a?f={"a":1}',
  ),
  fc.constantFrom(
    '/{a,b}',
    '/[1-3]',
    '/[01-03].x',
    '/[a-c:2]',
    '/x{1,2}/y[1-2]',
    '/a\\[1\\]',
    '/a?i[]=1',
    '/[5-1]',
    '/{a{b}}',
  ),
  fc.constantFrom('/[1-10:5]', '/{a,}', '/[::1]', '/[a-Z]', '/%zz', '/dir/', '/a?', '/a?&', "/a'b", '/a?q=<b>|^`'),
  fc
    .array(fc.constantFrom(...'/a.?=& éxX{}[],"<\\^|+;'.split(''), '..', '%2E', '1-2'), { maxLength: 7 })
    .map((all) => `/${all.join('')}`),
);
const scheme = fc.constantFrom(
  'http://',
  'http://',
  '',
  'HTTP://',
  'http://u:p@',
  'http://u%40:p%3a@',
  'http:/',
  'http:///',
);
const between = fc.constantFrom(' ', ' ', '  ', ' \\\n  ', '\t', ' \\\n');

const words = (host: string) =>
  fc
    .tuple(
      quoted(joined(scheme, fc.constant(host), paths)),
      body,
      fc.array(fc.oneof(other, other, method), { maxLength: 3 }),
    )
    .chain(([url, sent, more]) =>
      fc.shuffledSubarray([url, ...sent, ...more], { minLength: 1 + sent.length + more.length }),
    );

const onCommandLine = (host: string) =>
  fc
    .tuple(words(host), fc.array(between, { minLength: 1, maxLength: 4 }))
    .map(([all, gaps]) => `curl${all.map((word, i) => `${gaps[i % gaps.length]}${word}`).join('')}`);

const readsInput = fc.constantFrom(
  ...['-d @-', '--data-binary @-', '-T -', '-T .', '--json @-', '--data-urlencode x@-', '--data-raw @-', '-H @-'],
  ...['-F f=@-', "-F 'f=<-'", "-F 'f=@-;filename=x.txt'", '-d @/dev/stdin'],
);
const fed = (host: string) =>
  fc.tuple(readsInput, text, quoted(text), fc.constantFrom('/a', '/dir/')).chain(([reads, given, word, path]) => {
    const curl = `curl ${host}${path} ${reads}`;
    const escaped = given.replace(/[$`\\]/g, '\\$&');
    return fc.constantFrom(
      ...[`${curl} <<'EOF'\n${given}\nEOF`, `${curl} <<EOF\n${escaped}\nEOF`, `${curl} <<-"EOF"\n\t${given}\n\tEOF`],
      ...[`cat <<'EOF' | ${curl}\n${given}\nEOF`, `cat << EOF | ${curl} -s\n${escaped}\nEOF\n`, `cat n.txt | ${curl}`],
      ...[
        `echo ${word} | ${curl}`,
        `echo -n ${word} | ${curl}`,
        `printf '%s' ${word} | ${curl}`,
        `printf '%s\\n' ${word} | ${curl}`,
      ],
      ...[`${curl} <<< ${word}`, `${curl} < n.txt`],
    );
  });

const around = (host: string) =>
  fc
    .tuple(onCommandLine(host), quoted(text))
    .chain(([curl, word]) =>
      fc.constantFrom(
        ...[
          curl,
          curl,
          curl,
          `FOO=1 ${curl}`,
          `time ${curl}`,
          `${curl} | cat`,
          `${curl} > /dev/null 2>&1`,
          `${curl} && ${curl}`,
        ],
        ...[
          `( ${curl} )`,
          `env A=b ${curl}`,
          `if ${curl}; then echo ok; fi`,
          `for i in 1; do ${curl}; done`,
          `{ ${curl}; }`,
        ],
        ...[`X=${word}; ${curl} --data-raw "$X"`, `D=${word}\n${curl} --data-raw "a\${D}b"`, `{ ${curl}; } # x`],
      ),
    );

/** Commands of bash in which curl asks a host for something, in all its ways. */
export function commandLines(host: string): fc.Arbitrary<string> {
  return fc.oneof({ arbitrary: around(host), weight: 4 }, { arbitrary: fed(host), weight: 1 });
}
