import fc from 'fast-check';
import { expect, test } from 'vitest';
import { reading } from './reading.js';

const url = 'https://shop.test/a?b=1&c=%20d';

/** Chrome, for the command prompt: signs are escaped twice, for cmd and for the program. */
function forCmd(text: string, quote: '"' | '^"'): string {
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/gu, '^$&')
    .replace(/%(?=[a-zA-Z0-9_])/g, '%^')
    .replace(/\r?\n/g, '^\n\n');
  return quote + escaped + quote;
}

/** Firefox, for the command prompt: quotes are doubled. */
function forCmdOfFirefox(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '""').replaceAll('%', '"%"');
  return `"${escaped.replace(/\r?\n/g, '"^\r\n\r\n"')}"`;
}

function forBash(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what Chrome looks for
  if (!/[\0-\x1f\x7f-\x9f!']/.test(text)) return `'${text}'`;
  const escaped = text.replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n').replace(/\r/g, '\\r');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what Chrome escapes
  return `$'${escaped.replace(/[\0-\x1f\x7f-\x9f!]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
}

function forPowerShell(text: string): string {
  return `"${text.replace(/[`$"]/g, '`$&').replace(/[^\x20-\x7e]/g, (char) => `$([char]${char.charCodeAt(0)})`)}"`;
}

const cmd = (quoted: (text: string) => string) => (body: string) =>
  `curl ${quoted(url)} ^\n  -X ${quoted('PUT')} ^\n  -H ${quoted('Content-Type: text/x; a="b"')} ^\n  --data-raw ${quoted(body)} &\ncurl ${quoted(url)}`;

const copies: readonly (readonly [string, (body: string) => string])[] = [
  ['cmd, Chrome', cmd((text) => forCmd(text, '^"'))],
  ['cmd, older Chrome', cmd((text) => forCmd(text, '"'))],
  ['cmd, Firefox', cmd(forCmdOfFirefox)],
  [
    'bash',
    (body) =>
      `curl '${url}' \\\n  -X 'PUT' \\\n  -H 'Content-Type: text/x; a="b"' \\\n  --data-raw ${forBash(body)} ;\ncurl '${url}'`,
  ],
  [
    'PowerShell',
    (body) =>
      `Invoke-WebRequest -UseBasicParsing -Uri ${forPowerShell(url)} \`\n-Method "PUT" \`\n-Headers @{\n"accept"="*/*"\n} \`\n-ContentType ${forPowerShell('text/x; a="b"')} \`\n-Body ${forPowerShell(body)};\nInvoke-WebRequest -UseBasicParsing -Uri ${forPowerShell(url)}`,
  ],
  [
    'fetch',
    (body) =>
      `fetch("${url}", {\n  "headers": {\n    "content-type": "text/x; a=\\"b\\""\n  },\n  "body": ${JSON.stringify(body)},\n  "method": "PUT"\n}); ;\nfetch("${url}");`,
  ],
];

const chars = fc.constantFrom(
  ...`ab01 =&;"'\\$\`!?*~#%^{}[]()<>|@,:+-_./`.split(''),
  'é',
  '😀',
  '\n',
  '%41',
  '\\"',
  '^"',
  '$x',
  '""',
  '%PATH%',
);
const bodies = fc.array(chars, { minLength: 1, maxLength: 14 }).map((all) => all.join(''));

test.each(copies)('what is copied for %s comes to what was sent', async (_, copy) => {
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const { requests, leftOut } = await reading(copy(body));
      expect(leftOut).toEqual([]);
      expect(requests.map((one) => [one.method, one.url])).toEqual([
        ['PUT', url],
        ['GET', url],
      ]);
      expect(requests[0]?.headers.find(([name]) => /^content-type$/i.test(name))?.[1]).toBe('text/x; a="b"');
      expect(requests[0]?.body).toEqual({ kind: 'bytes', bytes: Buffer.from(body) });
    }),
    { numRuns: 200 },
  );
});
