/** Lines that begin as each log does and never come to an end, some 200 KB long times `length`: what a careless pattern hangs on. */
export function longLines(length: number): Readonly<Record<string, string>> {
  const apache = '[Sun Nov 22 20:55:15 2026] [security2:error] ModSecurity: Warning. ';
  const nginx = '2026/11/22 20:59:52 [info] 1#1: *2 ModSecurity: Warning. ';
  const ids = '"] [data "x"] [unique_id "w7-fix-1"] [ref ""]';
  return {
    'a native entry': `Message: Warning. Pattern match "${'\\"'.repeat(100_000 * length)}`,
    'the error log of Apache': `${apache}${'[unique_id "a"] '.repeat(12_000 * length)}`,
    'the error log of nginx': `${nginx}${'[file "f"] [line "1"] [id "1"] [rev ""] [msg "'.repeat(4000 * length)}${ids}`,
    'the log of Coraza': `[client "1.1.1.1"] Coraza: Warning. ${' at ARGS:x. '.repeat(16_000 * length)}[unique_id "w7-fix-1"]`,
    'an entry as JSON': `{"transaction":{"messages":["${'x'.repeat(200_000 * length)}`,
  };
}
