import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readCurl } from '../../../src/record/curl/read-curl.js';
import { localFiles } from '../../../src/record/local-files.js';
import { folderOf } from '../../suite/suite-folder.js';
import { reading, sent, whyLeftOut } from './reading.js';
import { RecordingServer, runBash, toldOf } from './real-curl.js';

const files = { 'b.json': '{"x":1}', 'n.txt': '1\n2\n', 'e é.xml': '<a/>' };

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** What programs call themselves, without the version that happens to be installed. */
function ofAnyVersion(sent: unknown): unknown {
  return JSON.parse(JSON.stringify(sent).replace(/(User-Agent: \w+\/)[\d.]+/g, '$1'));
}

/** Commands that bash runs send what importing them tells. */
async function sendWhatIsTold(commands: (host: string) => readonly string[]): Promise<void> {
  const folder = await folderOf(files);
  const server = new RecordingServer();
  try {
    for (const command of commands(await server.listen())) {
      const { requests, leftOut } = await readCurl(Buffer.from(command), 'bug.txt', localFiles(folder));
      expect(leftOut).toEqual([]);
      await runBash(command, folder);
      expect([command, ofAnyVersion(requests.map(toldOf))]).toEqual([command, ofAnyVersion(server.take())]);
    }
  } finally {
    server.close();
  }
}

describe('wget', () => {
  test.runIf(isInstalled('wget'))('sends what is told of it', async () => {
    await sendWhatIsTold((host) => [
      `wget -qO- --post-data 'a=1&b=ü' '${host}/a b?q=x y&z=%41%zz"<é#frag'`,
      `wget -q -O /dev/null --method=PUT --body-file=b.json --header='Content-Type: application/json' --header 'Accept: x/y' -U me --referer=http://r/ ${host}/x/../y/./z`,
      `wget -qO- --auth-no-challenge --user u --password p http://${host}/`,
      `wget -qO- --post-file n.txt --header='X: 1' --header 'x: 2' --no-cache --compression=gzip http://${host}`,
      `wget -qO- --method=delete --header 'X: 1' --header '' --header 'Y: 2' http://${host}/h`,
      `wget -qO- --post-data a 'http://${host}/d{a}|\\^\`;=+()*!~[x]' ${host}/2 && wget -qO- -e header='Z: 3' ${host}/3`,
      `wget -q --spider ${host}/s; wget -qO- --post-data= ${host}/e`,
    ]);
  });

  test('is found where commands stand', async () => {
    expect(
      await sent(
        '1. $ wget -qO- --post-data a=1 \\\n   https://h/a\n\nwget is a tool of GNU.\nRUN wget https://h/b.tgz && x',
      ),
    ).toEqual(['POST https://h/a a=1', 'GET https://h/b.tgz']);
  });

  test('says what is not read, and why', async () => {
    const { notes } = await reading('wget -r --load-cookies c.txt --user u http://h/');
    expect(notes).toEqual([
      'cookies of a file are not read (--load-cookies)',
      'what wget follows from page to page is not in it',
      'what wget sends of --user when it is asked is not in it',
    ]);
    expect(await whyLeftOut('wget ftp://h/a')).toEqual(['line 1: its URL is not of HTTP (ftp)']);
  });
});

const httpie = (host: string) => [
  `http -I ${host}/a name=Jo age:=3 'u=é"' X-A:b 'q==x y' 'q==2'`,
  `http --ignore-stdin -f POST ${host}/b a=b 'c=d e&f~*' 'g[]=1' 'a=2'`,
  `http -I ${host}/c 'Accept:' 'X-E;' User-Agent:me`,
  `http -I -f POST ${host}/f a=b 'f@b.json' 'g@n.txt;type=text/x'`,
  `http -I --multipart POST ${host}/m 'c=é"x' d=1 c=2`,
  `http -I POST ${host}/g @b.json`,
  `http -I --raw '{"r":1}' PUT ${host}/h Content-Type:text/x`,
  `http -I ${host}/i 'a[b][c]=1' 'a[d][]:=1' 'a[d][]:=2' 'z:=[1.0,{"q":null,"é":1e5}]' f=@n.txt 'j:=@b.json' 'l[2]=x' 'd:={"x":1,"x":12345678901234567890}'`,
  `http -I ${host}/j '[]=1' '[]:=true'`,
  `http -I -a u:p ${host}/k 'e\\:=x' 'p\\=q=1'`,
  `http -I -A bearer -a tok '${host}/k?x=1 2&y=é&z=%7e' y==3 w==4 y==5`,
  `http -I PATCH '${host}/l/ü/%41/../x' a=http://x:1/y`,
  `echo '{"s":1}' | http ${host}/p`,
  `http --form ${host}/q < n.txt`,
  `http -I --json ${host}/r`,
];

describe('HTTPie', () => {
  test.runIf(isInstalled('http'))('sends what is told of it', { timeout: 60_000 }, async () => {
    await sendWhatIsTold(httpie);
  });

  test('comes to what was sent', async () => {
    expect(await Promise.all(httpie('h.test').map(async (command) => (await sent(command, files))[0]))).toEqual([
      'POST http://h.test/a?q=x+y&q=2 application/json {"name": "Jo", "age": 3, "u": "\\u00e9\\""}',
      'POST http://h.test/b application/x-www-form-urlencoded; charset=utf-8 a=b&a=2&c=d+e%26f~%2A&g%5B%5D=1',
      'GET http://h.test/c',
      expect.stringMatching(
        /boundary=(\w+) --\1\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--\1\r\nContent-Disposition: form-data; name="f"; filename="b.json"\r\nContent-Type: application\/json\r\n\r\n\{"x":1\}\r\n--\1\r\n.*filename="n.txt"\r\nContent-Type: text\/x\r\n\r\n1\n2\n\r\n--\1--\r\n$/s,
      ),
      expect.stringContaining('name="c"\r\n\r\né"x\r\n--'),
      'POST http://h.test/g application/json {"x":1}',
      'PUT http://h.test/h text/x {"r":1}',
      'POST http://h.test/i application/json {"a": {"b": {"c": "1"}, "d": [1, 2]}, "z": [1.0, {"q": null, "\\u00e9": 100000.0}], "f": "1\\n2\\n", "j": {"x": 1}, "l": [null, null, "x"], "d": {"x": 1, "x": 12345678901234567890}}',
      'POST http://h.test/j application/json ["1", true]',
      'POST http://h.test/k application/json {"e:": "x", "p=q": "1"}',
      'GET http://h.test/k?x=1%202&y=%C3%A9&z=~&y=3&y=5&w=4',
      'PATCH http://h.test/l/%C3%BC/x application/json {"a": "http://x:1/y"}',
      'POST http://h.test/p application/json {"s":1}\n',
      'POST http://h.test/q application/x-www-form-urlencoded; charset=utf-8 1\n2\n',
      'GET http://h.test/r application/json',
    ]);
  });

  test.each([
    ['https shop.test/a x=1', 'POST https://shop.test/a application/json {"x": "1"}'],
    ['http :3000/a', 'GET http://localhost:3000/a'],
    ['http --verify=no :/a', 'GET http://localhost/a'],
  ])('has short addresses: %s', async (text, expected) => {
    expect(await sent(text)).toEqual([expected]);
  });

  test('is not a word of prose, nor an address', async () => {
    const text =
      'http requests are blocked\nhttps is needed.\nSee http://h/a and https works.\nuse http or POST to it\n';
    const { requests, leftOut } = await reading(text);
    expect([requests, leftOut]).toEqual([[], []]);
  });

  test('says what is not read, and what HTTPie refuses', async () => {
    const { notes } = await reading('http --session=ann -A digest -a u:p h.test/a');
    expect(notes).toEqual([
      'what --auth-type digest sends is not in it',
      'what HTTPie keeps in a session is not in it',
    ]);
    expect(await whyLeftOut('http POST h.test/a plain\nhttp POST h.test/a x=$(id)\n')).toEqual([
      'line 1: HTTPie does not take its items',
      'line 2: a program would have to run to tell what is sent ($(id))',
    ]);
    const { requests } = await reading(
      'http --compress POST h.test/a a=b\nhttp POST h.test/b a@../x\nhttp h.test/a a[b]=1 a[0]=2\n' +
        `http h.test/a a${'[b]'.repeat(20_000)}=1`,
    );
    expect(requests.map(({ body }) => body.kind)).toEqual(['missing', 'missing', 'missing', 'missing']);
  });
});
