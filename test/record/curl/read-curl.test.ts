import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCurl } from '../../../src/record/curl/read-curl.js';
import { localFiles } from '../../../src/record/local-files.js';
import { folderOf } from '../../suite/suite-folder.js';
import { reading, sent, whyLeftOut } from './reading.js';

describe('words of a shell', () => {
  test.each([
    [`curl h/a -d 'it is "x" $y \\n'`, 'POST http://h/a it is "x" $y \\n'],
    [`curl h/a -d "a\\"b\\$c\\\\d\\te"`, 'POST http://h/a a"b$c\\d\\te'],
    [`curl h/a -d 'don'\\''t' -d 'x'"'"'y'`, "POST http://h/a don't&x'y"],
    [`curl h/a -d $'\\x41\\u00e9\\101\\n\\U0001F600\\ud83d\\ude00'`, 'POST http://h/a AéA\n😀😀'],
    ['curl h/a -d a\\ b\\&c', 'POST http://h/a a b&c'],
    ['curl h/a \\\n  -d a=1 \\\r\n  -d b=2', 'POST http://h/a a=1&b=2'],
    ['curl h/a -d "one \\\ntwo"', 'POST http://h/a one two'],
    [`curl h/a -d 'first\nsecond'`, 'POST http://h/a first\nsecond'],
    ['curl h/a -d a=1 # and -d b=2', 'POST http://h/a a=1'],
    ['curl h/a -d a=1 2>/dev/null >out | jq .', 'POST http://h/a a=1'],
    [`X="a b"; curl h/a -d "$X" -d \${X} -d \${Y:-no}`, 'POST http://h/a a b&a b&no'],
    ['export X=1\ncurl h/$X', 'GET http://h/1'],
  ])('%s', async (text, expected) => {
    expect(await sent(text)).toEqual([expected]);
  });

  test.each([
    [`curl h/a -d @- <<'EOF'\na=$x\n&b=\`id\`\nEOF\n`, 'POST http://h/a a=$x&b=`id`'],
    ['X=1\ncurl h/a --data-binary @- <<-EOF\n\ta=$X \\$x\n\tEOF\n', 'POST http://h/a a=1 $x\n'],
    [`curl h/a -d @- <<< 'a b'`, 'POST http://h/a a b'],
    [`echo '{"a":\n1}' | curl h/a -d @-`, 'POST http://h/a {"a":1}'],
    [`printf '%s' 'a"b' | curl h/a -d @-`, 'POST http://h/a a"b'],
    ['cat <<EOF | curl h/a -d @-\nx\nEOF\n', 'POST http://h/a x'],
    ['cat n.txt | curl h/a --data-binary @-', 'POST http://h/a 1\n2\n'],
    ['curl h/a --data-binary @- < n.txt', 'POST http://h/a 1\n2\n'],
  ])('takes what standard input is: %s', async (text, expected) => {
    expect(await sent(text, { 'n.txt': '1\n2\n' })).toEqual([expected]);
  });
});

describe('options of curl', () => {
  test.each([
    [`-sSLkXPOST -HA:b -d'{"a":1}' h`, 'POST http://h/ {"a":1}'],
    [`-G h/a?x=1 -d y=2 --data-urlencode 'z=* é'`, 'GET http://h/a?x=1&y=2&z=%2a+%c3%a9'],
    [
      '--data-urlencode a=b&c --data-urlencode =d=e --data-urlencode n@n.txt h'.replace('a=b&c', "'a=b&c'"),
      'POST http://h/ a=b%26c&d%3De&n=1%0A2%0A',
    ],
    ['--json \'{"a":\' --json 1} h', 'POST http://h/ application/json {"a":1}'],
    ['-d @n.txt h', 'POST http://h/ 12'],
    ['--data-binary @n.txt h', 'POST http://h/ 1\n2\n'],
    ['--data-raw @n.txt h', 'POST http://h/ @n.txt'],
    ['-T n.txt h/dir/', 'PUT http://h/dir/n.txt 1\n2\n'],
    ['-I h', 'HEAD http://h/'],
    ['-d x https://u:p@h:8443/a/../b?c#d', 'POST https://h:8443/b?c x'],
    ['--path-as-is h/a/../b', 'GET http://h/a/../b'],
    ['--request-target /abs h/a', 'GET http://h/abs'],
    [`-g 'h/l?i[]=1&f={"a":1}'`, 'GET http://h/l?i[]=1&f={"a":1}'],
    [`'h/l?i[]=1'`, 'GET http://h/l?i[]=1'],
    ['--url-query a=b h', 'GET http://h/?a=b'],
    ['-G --url-query a=b -d c h?x', 'GET http://h/?x&c'],
    ['-d x http:/h:81/é?é', 'POST http://h:81/%c3%a9?é x'],
    ['-T - h/dir/ <<< 1', 'PUT http://h/dir/ 1\n'],
    ["-T 'e é.txt' -T n.txt h/A%2Fb/ h/b", 'PUT http://h/A%2fb/e%20%c3%a9.txt x'],
    ['-d @z.bin h', 'POST http://h/ a'],
    ['-K k.conf h', 'POST http://h/ a=b c'],
    [
      `-F 'a=<n.htm' -F 'b=x;filename="b.png"' h`,
      expect.stringMatching(
        /name="a"\r\nContent-Type: text\/html\r\n\r\n[\s\S]*name="b"; filename="b.png"\r\nContent-Type: image\/png/,
      ),
    ],
    [
      `-F 'a=@n.txt;type="x/y";headers=@h.txt' h`,
      expect.stringContaining('filename="n.txt"\r\nContent-Type: "x/y"\r\nX-A: 1\r\n\r\n1\n'),
    ],
    [
      `-F a=1 -H 'Content-Type: multipart/mixed' h`,
      expect.stringContaining('Content-Disposition: attachment; name="a"\r\n'),
    ],
    [
      `-F 'a="x;y";type=text/x; charset=utf-8' h`,
      expect.stringContaining('name="a"\r\nContent-Type: text/x; charset=utf-8\r\n\r\nx;y\r\n'),
    ],
  ])('curl %s', async (words, expected) => {
    const files = { 'e é.txt': 'x', 'z.bin': 'a\0b', 'n.htm': '<p>', 'h.txt': '# x\nX-A: 1\n' };
    const config = { 'k.conf': '# x\ndata = "a=b c"\n-s\n' };
    expect((await sent(`curl ${words}`, { 'n.txt': '1\n2\n', ...files, ...config }))[0]).toEqual(expected);
  });

  test('make several requests', async () => {
    expect(await sent(`curl -d a=1 h/1 h/2 --next -X DELETE 'h/{a,b}[08-10]'`)).toEqual([
      'POST http://h/1 a=1',
      'POST http://h/2 a=1',
      ...['a08', 'a09', 'a10', 'b08', 'b09', 'b10'].map((path) => `DELETE http://h/${path}`),
    ]);
  });

  test('make a form with files', async () => {
    const text = `curl h -F 'f=@n.txt;filename="a\\"b.txt"' -F 'g=@n.txt,b.bin' -F 't=<n.txt' --form-string 'l=@x;type=y'`;
    const [request] = (await reading(text, { 'n.txt': '1\n', 'b.bin': Buffer.from([255, 0]) })).requests;
    const body = request?.body.kind === 'bytes' ? Buffer.from(request.body.bytes).toString('latin1') : '';
    expect(body).toContain('name="f"; filename="a%22b.txt"\r\nContent-Type: text/plain\r\n\r\n1\n\r\n');
    expect(body).toContain('name="g"\r\nContent-Type: multipart/mixed; boundary=');
    expect(body).toContain(
      'Content-Disposition: attachment; filename="b.bin"\r\nContent-Type: application/octet-stream\r\n\r\n\xff\0\r\n',
    );
    expect(body).toContain('name="t"\r\n\r\n1\n\r\n');
    expect(body).toContain('name="l"\r\n\r\n@x;type=y\r\n');
  });

  test('make headers, which those of the user replace', async () => {
    const [request] = (
      await reading(
        `curl h -u 'ann:p w' -A x -e http://r -b a=1 -b b=2 -r 0-5 --compressed -H 'Accept:' -H 'X-E;' -H @h.txt`,
        {
          'h.txt': 'X-F: 1\n',
        },
      )
    ).requests;
    expect(request?.headers).toEqual([
      ['Authorization', 'Basic YW5uOnAgdw=='],
      ['User-Agent', 'x'],
      ['Accept-Encoding', 'deflate, gzip, br, zstd'],
      ['Referer', 'http://r'],
      ['Range', 'bytes=0-5'],
      ['Cookie', 'a=1;b=2'],
      ['X-E', ''],
      ['X-F', '1'],
    ]);
  });
});

describe('what stands around commands', () => {
  const text = `Since yesterday I don't get through:

    ann@host:~$ sudo -u www FOO=1 curl -d a=1 \\
    > h/1
1. /usr/bin/curl.exe h/2
- then \`it\` fails, and curl says nothing
TOKEN=$(curl -d u=1 h/3 | jq -r .t)
if curl h/4; then echo ok; fi
docker run --rm curlimages/curl:8.1 -d x h/5
curl h/6 ;
curl h/7 && curl h/8
`;

  test('is looked over, and places are told', async () => {
    const { requests } = await reading(text);
    expect(requests.map(({ url, place }) => `${url} ${place.line}`)).toEqual([
      'http://h/1 3',
      'http://h/2 5',
      'http://h/3 7',
      'http://h/4 8',
      'http://h/5 9',
      'http://h/6 10',
      'http://h/7 11',
      'http://h/8 11',
    ]);
  });

  test.each([
    [
      '[ann@host ~]$ curl -d 1 h/a',
      'C:\\Users\\ann>curl -d 2 h/b',
      'PS C:\\> curl.exe -d 3 h/c',
      '(venv) a@b:~$ curl -d 4 h/d',
    ],
    ['❯ curl -d 1 h/a', 'bash-5.1$ curl -d 2 h/b', '• curl -d 3 h/c', 'Command: curl -d 4 h/d'],
    [
      'kubectl exec x -- curl -d 1 h/a',
      `ssh x "curl -d '2' h/b"`,
      'RUN curl -d 3 h/c',
      'sudo -u www-data curl -d 4 h/d',
    ],
    [
      '    - run: curl -d 1 h/a',
      `bash -c 'curl -d 2 h/b'`,
      'timeout 5 curl -d 3 h/c',
      'while :; do curl -d 4 h/d; done',
    ],
    ['call `curl -d 1 h/a`, not `curl -d 2 h/b`', 'echo "$(curl -d 3 h/c)"', '<td><code>$ curl -d 4 h/d</code>'],
  ])('may be %s', async (...lines) => {
    const requests = await sent(`${lines.join('\n')}\n`);
    expect(requests.map((one) => one.slice(-5))).toEqual(['h/a 1', 'h/b 2', 'h/c 3', 'h/d 4']);
  });

  test('may be prose, which is no command', async () => {
    const { requests, leftOut } = await reading(
      'curl is a tool.\nUse curl, please.\nType curl -d a https://h/a to see it.\n',
    );
    expect([requests, leftOut]).toEqual([[], [{ name: 'line 3', reason: 'where the command begins cannot be told' }]]);
  });

  test.each([
    ['curl &quot;h/a?b&amp;c&quot; -d &#39;&lt;b&gt;&#39;', 'POST http://h/a?b&c <b>'],
    ['curl “h/a” –d ‘{“b”: 1}’ —compressed', 'POST http://h/a {"b": 1}'],
    ["curl h -d '&quot;' -d ' “a”'", 'POST http://h/ &quot;& “a”'],
  ])('may be of a page or a word processor: %s', async (text, expected) => {
    expect(await sent(text)).toEqual([expected]);
  });

  test('is of bash where there are carets in it', async () => {
    expect(await sent(`curl h -d '^' -d "a^"`)).toEqual(['POST http://h/ ^&a^']);
    expect(await sent("curl h -d @- <<'EOF'\na^\nEOF\n")).toEqual(['POST http://h/ a^']);
  });

  test('may lack the host, where a variable stands for it', async () => {
    expect(await sent('curl "$BASE/a/b" -d x; curl https://$HOST:8443/a -d y')).toEqual(['POST /a/b x', 'POST /a y']);
  });

  test('may be in UTF-16, with a byte order mark', async () => {
    expect(await sent(Buffer.from('\ufeffcurl h -d é', 'utf16le'))).toEqual(['POST http://h/ é']);
    expect(await sent('\ufeffcurl h -d é')).toEqual(['POST http://h/ é']);
  });
});

describe('what nobody runs', () => {
  test.each([
    ['$(touch FILE)', 'a program would have to run to tell what is sent ($(touch FILE))'],
    ['`touch FILE`', 'a program would have to run to tell what is sent (`touch FILE`)'],
    ['"$(touch FILE)"', 'a program would have to run to tell what is sent ($(touch FILE))'],
    ['@<(touch FILE)', 'a program would have to run to tell what is sent (<(...))'],
    ["'never closed", 'a quote in it is never closed'],
  ])('curl h -d %s', async (word, reason) => {
    const folder = await folderOf({});
    const { requests, leftOut } = await readCurl(
      Buffer.from(`curl h -d ${word.replace('FILE', join(folder, 'x'))}`),
      't',
      localFiles(folder),
    );
    expect(requests).toEqual([]);
    expect(leftOut.map((one) => one.reason.replace(folder, '').replace('/x', 'FILE').slice(0, reason.length))).toEqual([
      reason,
    ]);
    await writeFile(join(folder, 'x'), '', { flag: 'wx' });
  });

  test('is left out, with the reason', async () => {
    expect(await whyLeftOut('curl\ncurl -d x\ncurl -K c h\njq -n 1 | curl -d @- h\ncurl -F x=@- h')).toEqual([
      'line 2: it names no URL',
      'line 3: the file c is not here',
    ]);
    expect(await sent('jq -n 1 | curl -d @- h; curl -d @- h; curl -F "a=b;encoder=base64" h')).toEqual([
      'POST http://h/ (a program would have to run to tell what is sent (jq))',
      'POST http://h/ (its body comes from standard input, which is not in the text)',
      expect.stringContaining('(a part of its form is encoded (base64), which a suite does not do)'),
    ]);
  });

  test.each([
    ['-F a=1 -d b=2 h', 'curl sends one of -d, -F, -T, -G and -I, and these are several'],
    ['-I -d b=2 h', 'curl sends one of -d, -F, -T, -G and -I, and these are several'],
    ["'h/a b'", 'curl does not take its URL: a space or a control character stands in it'],
    ["-G -d 'a b' h", 'curl does not take its URL: a space or a control character stands in it'],
    ["'h/[5-1]'", 'curl does not take the globs of h/[5-1]'],
    ["'https://{{host}}/a'", 'curl does not take the globs of https://{{host}}/a'],
    ['/a', 'curl does not take its URL: no host is called ""'],
    ['ftp://h/a', 'its URL is not of HTTP (ftp://)'],
    ["--request-target '*' h", 'its request target is no path (*)'],
    ['-G -d @gone h', 'the file gone is not here'],
    ['--url-query @gone h', 'the file gone is not here'],
    ['-H @gone h', 'the file gone is not here'],
    ["h -H $'A: \\xff'", 'its URL or a header of it is not UTF-8, as a suite is'],
  ])('curl %s: %s', async (words, reason) => {
    expect(await whyLeftOut(`curl ${words}`)).toEqual([`line 1: ${reason}`]);
  });

  test('is told of where a part is', async () => {
    const { notes } = await reading('curl -b jar.txt --digest -u a:b h');
    expect(notes).toEqual(['cookies of a file are not read: jar.txt', 'what --digest sends is not in it']);
  });

  test('no variable of this process comes in', async () => {
    const { requests, notes } = await reading('curl h/$HOME -H "A: $PATH"');
    expect([requests[0]?.url, notes]).toEqual(['http://h/', ['without a value here, and so empty: $HOME, $PATH']]);
  });

  test('no file outside of the folder is read', async () => {
    const folder = await folderOf({ 'in/a.txt': '', 'secret.txt': 'x' });
    const read = (allows: boolean) =>
      readCurl(Buffer.from('curl h -d @../secret.txt'), 't', localFiles(join(folder, 'in'), allows));
    expect((await read(false)).requests[0]?.body).toEqual({
      kind: 'missing',
      reason: '../secret.txt is not in the folder of the source (--allow-outside reads it)',
    });
    expect((await read(true)).requests[0]?.body).toEqual({ kind: 'bytes', bytes: Buffer.from('x') });
  });
});

describe('copies of browsers', () => {
  const body = '{"a":"100% \\"x\\" & <b> | ^ ! $H `y`","p":"C:\\\\T\\\\"}';

  test('for the command prompt of Windows', async () => {
    const newer = `curl ^"https://h/a?b=^%^20^&c^" ^\r\n  -H ^"Content-Type: application/json^" ^\r\n  --data-raw ^"^{^\\^"a^\\^":^\\^"100^% ^\\^\\^\\^"x^\\^\\^\\^" ^& ^<b^> ^| ^^ ^! ^$H \`y\`^\\^",^\\^"p^\\^":^\\^"C:^\\^\\^\\^\\T^\\^\\^\\^\\^\\^"^}^" &\r\ncurl ^"https://h/2^" --data-raw ^"a^\r\n^\r\nb^"\r\n`;
    expect(await sent(newer)).toEqual([`POST https://h/a?b=%20&c application/json ${body}`, 'POST https://h/2 a\nb']);
    expect(await sent('curl "https://h/a" ^\n  -H "A: b" ^\n  --data-raw "u=o^%27n^&p=1"')).toEqual([
      'POST https://h/a u=o%27n&p=1',
    ]);
  });

  test('and what people write there', async () => {
    expect(await sent('curl -d "a=x^y & z" -d "\\"q\\"" ^\r\n http://h/ & echo done')).toEqual([
      'POST http://h/ a=x^y & z&"q"',
    ]);
  });

  test('for PowerShell', async () => {
    const text = `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Agent"
$session.Cookies.Add((New-Object System.Net.Cookie("sid", "1", "/", "h")))
Invoke-WebRequest -UseBasicParsing -Uri "https://h/a" \`
-Method "POST" \`
-WebSession $session \`
-Headers @{
"Accept"="*/*"
  "X-Q"="\`"q\`""
} \`
-ContentType "application/json" \`
-Body "{\`"a\`":\`"$([char]233) \\\`"x\\\`" \`$H \`\`y\`\`\`"}"

$headers = @{}
$headers.Add("X-A", 'it''s')
$body = @'
{"b": 1}
'@
Invoke-RestMethod https://h/b -Method Put -Headers $headers -Body $body; iwr -Uri https://h/c -Method POST -Body @{ a = 'x y'; b = 2 }
irm https://h/d -Body (Get-Content x)
`;
    const { requests, leftOut } = await reading(text);
    expect(requests.map(({ headers }) => headers)).toEqual([
      [
        ['Accept', '*/*'],
        ['X-Q', '"q"'],
        ['User-Agent', 'Agent'],
        ['Cookie', 'sid=1'],
        ['Content-Type', 'application/json'],
      ],
      [
        ['X-A', "it's"],
        ['User-Agent', 'Agent'],
        ['Cookie', 'sid=1'],
      ],
      [
        ['User-Agent', 'Agent'],
        ['Cookie', 'sid=1'],
        ['Content-Type', 'application/x-www-form-urlencoded'],
      ],
    ]);
    expect(await sent(text)).toEqual([
      'POST https://h/a application/json {"a":"é \\"x\\" $H `y`"}',
      'PUT https://h/b {"b": 1}',
      'POST https://h/c a=x+y&b=2',
    ]);
    expect(leftOut).toHaveLength(1);
  });

  test('beside commands', async () => {
    expect(await sent('curl -d 1 h/a\niwr -Uri https://h/b -Method POST -Body "2"\ncurl -d 3 h/c\n')).toEqual([
      'POST http://h/a 1',
      'POST https://h/b 2',
      'POST http://h/c 3',
    ]);
  });

  test('as fetch', async () => {
    const text = `await fetch("https://h/a", {
  "headers": { "content-type": "application/json", "accept": "*/*" },
  "referrer": "https://h/",
  "body": ${JSON.stringify(body)},
  "method": "POST"
}); ;
fetch('https://h/b', { method: 'put', body: JSON.stringify({ a: [1, true, null, 'x'], 'b': \`t\` }), }) // c
fetch(\`https://h/c\`, { method: "POST", body: new URLSearchParams({ a: 'x y', b: '2' }) })
fetch("https://h/d", { body: null, method: "GET" }); fetch(url, {}); fetch("https://h/e", { method: "POST", body: compute() })
fetch("/f", { method: "POST", body: "a" + "b" })`;
    expect(await sent(text)).toEqual([
      `POST https://h/a application/json ${body}`,
      'PUT https://h/b text/plain;charset=UTF-8 {"a":[1,true,null,"x"],"b":"t"}',
      'POST https://h/c application/x-www-form-urlencoded;charset=UTF-8 a=x+y&b=2',
      'GET https://h/d',
      'POST /f text/plain;charset=UTF-8 ab',
    ]);
    expect(await whyLeftOut(text)).toEqual([
      'line 9: a program would have to run to tell what is sent (fetch)',
      'line 9: its body would have to be computed',
    ]);
  });
});

test('a command with thousands of URLs is left out', async () => {
  expect(await whyLeftOut(`curl ${'h/a -H x:y '.repeat(20_000)}`)).toEqual(['line 1: it names more than 200 URLs']);
});

test('calls of programs that are not read are counted', async () => {
  const text =
    'axios.post("https://h/a", { a: 1 })\nconst x = new XMLHttpRequest(); x.open("POST", "https://h/b")\ncurl h/c -d x\nrequests.post("https://h/d", json={})\n';
  expect(await sent(text)).toEqual(['POST http://h/c x']);
  expect(await whyLeftOut(text)).toEqual([
    'line 1: a program would have to run to tell what is sent (axios.post): record it, or copy it "as cURL"',
    'line 2: a program would have to run to tell what is sent (new XMLHttpRequest): record it, or copy it "as cURL"',
    'line 4: a program would have to run to tell what is sent (requests.post): record it, or copy it "as cURL"',
  ]);
});

test('any text comes to an end, and no command is run', async () => {
  const pieces = fc.constantFrom(
    'curl ',
    "'",
    '"',
    '$(',
    '`',
    '\\',
    '\n',
    '^',
    '-d ',
    '<<EOF\n',
    'EOF',
    '{',
    '[',
    'fetch(',
    '$session = ',
    'iwr ',
    'http POST :/',
    'wget ',
    'PS C:> curl.exe ',
    '[]=',
    '@"\n',
    '@{',
    'x',
    ' ',
    '|',
    '$',
    'a=',
    ')',
    '}',
    '<',
    '>',
    '&',
  );
  const text = fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 40 }).map((all) => all.join(''));
  await fc.assert(
    fc.asyncProperty(text, async (any) => {
      const { requests } = await readCurl(Buffer.from(any), 't', async () => ({ kind: 'missing', reason: 'x' }));
      expect(requests.every(({ url }) => typeof url === 'string')).toBe(true);
    }),
    { numRuns: 500 },
  );
});
