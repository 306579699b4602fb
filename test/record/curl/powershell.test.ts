import { describe, expect, test } from 'vitest';
import { reading, sent, whyLeftOut } from './reading.js';

describe('curl in PowerShell', () => {
  test.each([
    [
      'with backticks at the ends of lines',
      'PS C:\\> curl.exe -X POST https://h/a `\n>>   -H "Content-Type: application/json" `\n>>   -d \'{\\"a\\": \\"b\\"}\'\n',
      'POST https://h/a application/json {"a": "b"}',
    ],
    ['with escapes', 'curl.exe https://h/a -d "it is `"x`" and `$5"', 'POST https://h/a it is "x" and $5'],
    ['as newer versions take it', `PS /home/ann> curl https://h/a -d '{"a":"b"}'`, 'POST https://h/a {"a":"b"}'],
    [
      'with variables and here-strings',
      `$body = @'\n{"a": "it's"}\n'@\n$u = "https://h"\ncurl.exe "$u/a" --json $body`,
      `POST https://h/a application/json {"a": "it's"}`,
    ],
    [
      'with words in a list',
      "$words = @('-d', 'a=é b', 'https://h/a')\ncurl.exe @words -H 'X-A: 1' 2>&1 | ConvertFrom-Json",
      'POST https://h/a a=é b',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await sent(text)).toEqual([expected]);
  });

  test('with what would have to run is left out', async () => {
    expect(await whyLeftOut('$b = Get-Date\nPS C:\\> curl.exe https://h/a -d $b')).toEqual([
      'line 2: a program would have to run to tell what is sent (PowerShell)',
    ]);
  });

  test('beside one for a shell of Unix', async () => {
    const text =
      "é\ncurl -d '{\\\"a\\\":1}' h/a \\\n  -H 'X-A: `id`'\nPS C:\\> curl.exe h/b -d '{\\\"a\\\":1}' `\n  -H 'X-A: 1'\n";
    expect(await sent(text)).toEqual(['POST http://h/a {\\"a\\":1}', 'POST http://h/b {"a":1}']);
  });
});

describe('calls of Invoke-WebRequest', () => {
  test.each([
    [
      'JSON that is made of a table',
      "$b = [ordered]@{ name = 'Jo'; tags = @('a', \"b\"); n = 3; at = @{ ok = $true; no = $null } } | ConvertTo-Json -Depth 5 -Compress\nirm https://h/a -Method Post -Body $b -ContentType 'application/json'",
      'POST https://h/a application/json {"name":"Jo","tags":["a","b"],"n":3,"at":{"ok":true,"no":null}}',
    ],
    [
      'JSON in parentheses',
      'irm https://h/a -Method Post -Body (@{a=1} | ConvertTo-Json)',
      'POST https://h/a {\n  "a": 1\n}',
    ],
    [
      'a table in a GET',
      "iwr https://h/a?x=1 -Body @{ q = 'x y'; r = \"it's\" }",
      'GET https://h/a?x=1&q=x+y&r=it%27s',
    ],
    ['a table in a POST', 'iwr https://h/a -Method Post -Body @{ q = "a(b)!~*" }', 'POST https://h/a q=a(b)!%7E*'],
    ['a text in a POST', "iwr https://h/a -Method Post -Body 'a=1'", 'POST https://h/a a=1'],
    [
      'parameters in a table',
      "$p = @{ Uri = 'https://h/a'; Method = 'PUT'; Body = 'x' }\nInvoke-RestMethod @p",
      'PUT https://h/a x',
    ],
    ['a switch before the address', 'iwr -UseBasicParsing "https://h/a" -Meth DELETE', 'DELETE https://h/a'],
    [
      'texts that are joined',
      '$a = "x"; irm https://h/a -Method Post -Body ("<" + $a + \'>\')',
      'POST https://h/a <x>',
    ],
    ['a file', 'irm https://h/a -Method Put -Body (Get-Content -Raw ./n.txt)', 'PUT https://h/a 1\n'],
    ['the other name of it', 'curl -Uri https://h/a -Method POST -Body "a=1"', 'POST https://h/a a=1'],
    [
      'a form with a file',
      "$f = @{ title = 'Hé'; photo = Get-Item -Path ./n.txt }\nirm https://h/a -Method Post -Form $f",
      expect.stringMatching(
        /boundary="(\w+)" --\1\r\nContent-Type: text\/plain; charset=utf-8\r\nContent-Disposition: form-data; name="title"\r\n\r\nHé\r\n--\1\r\nContent-Type: application\/octet-stream\r\nContent-Disposition: form-data; name="photo"; filename="n.txt"\r\n\r\n1\n\r\n--\1--\r\n$/,
      ),
    ],
    [
      'headers that are set one by one',
      "$h = @{}\n$h.Add('Content-Type', 'text/x')\n$h['X'] = 1\nirm https://h/a -Method Post -Headers $h -Body a",
      'POST https://h/a text/x a',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await sent(text, { 'n.txt': '1\n' })).toEqual([expected]);
  });

  test.each([
    'irm https://h/a -Method Post -Body ($x | ConvertTo-Json)',
    "irm https://h/a -Method Post -Body ('{0}' -f 1)",
    "$b = 'a b'.Replace(' ', '')\nirm https://h/a -Method Post -Body $b",
    '$h = Get-Headers\n$h.Add("A", "b")\nirm https://h/a -Method Post -Headers $h -Body a',
    'irm https://h/a -Method Post -Body (@{ a = @{ b = @{ c = @{ d = 1 } } } } | ConvertTo-Json)',
    'irm @p',
  ])('what would have to run is left out: %s', async (text) => {
    const { requests, leftOut } = await reading(text);
    expect(requests).toEqual([]);
    expect(leftOut.map(({ reason }) => reason)).toEqual([
      'a program would have to run to tell what is sent (PowerShell)',
    ]);
  });

  test('says that the white space of JSON is that of one version, and what is not in it', async () => {
    const { notes } = await reading('irm https://h/a -Method Post -Credential $c -Body (@{a=1} | ConvertTo-Json)');
    expect(notes).toEqual([
      'what -credential sends is not in it',
      'JSON of ConvertTo-Json has the white space and the escapes of PowerShell 7',
    ]);
  });

  test('stands in the line that it is named by, whatever stands above', async () => {
    const { requests } = await reading(`${'é'.repeat(40)}\n\niwr https://h/a\n`);
    expect(requests.map(({ place }) => place.line)).toEqual([3]);
  });
});
