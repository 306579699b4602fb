import { platform } from 'node:os';
import { fail } from '../model/error.js';
import { addressAndUser } from '../pipeline/record/record-address.js';
import type { RecordBrowserOptions, Recorded } from '../pipeline/record/record-options.js';
import type { World } from '../pipeline/world.js';
import { counted } from '../util/counted.js';
import { printable } from '../util/printable.js';
import type { Arguments } from './arguments.js';
import { describeLeftOut, describeNeeded } from './describe-imported.js';
import type { CommandOutcome } from './exit-code.js';
import { aclFlags, engineFlags } from './flags.js';
import type { Io } from './io.js';
import { createProgress } from './progress.js';
import { readChosenEngine } from './read-options.js';
import { readRecordPlace, withReportFolder } from './record-place.js';
import { reportJob } from './report-job.js';

/** Records what is sent from a browser. Ctrl-C is how a person ends it: what there is by then is whole. */
export async function recordInBrowser(args: Arguments, io: Io): Promise<CommandOutcome> {
  const options = readOptions(args, io);
  const [{ recordBrowser }, { spillingStore }] = await Promise.all([
    import('../pipeline/record/record-browser.js'),
    import('../pipeline/result-store.js'),
  ]);
  const { args: forReport, folder } = withReportFolder(args);
  const results = spillingStore({ folder });
  const record = (world: World) => recordBrowser(results, options, world);
  try {
    if (options.through === undefined) {
      const progress = createProgress(io.stderr, args.on('quiet'));
      describe(await record({ ...io, progress }), args, io);
      return { kind: 'done' };
    }
    return await judgedRecording(forReport, io, record);
  } finally {
    results.close();
  }
}

async function judgedRecording(
  args: Arguments,
  io: Io,
  record: (world: World) => Promise<Recorded>,
): Promise<CommandOutcome> {
  const done = await reportJob(args, io, async (world) => {
    const recorded = await record(world);
    const { report } = recorded;
    if (report === undefined) throw new TypeError('a recording through a WAF has a report');
    return { ...recorded, report };
  });
  describe(done, args, io);
  return { kind: 'recorded', report: done.report, isUsersEnd: false, commandCode: 0 };
}

function describe({ files, found, leftOut, notes, needed }: Recorded, args: Arguments, io: Io): void {
  if (args.on('quiet')) return;
  const told = args.on('json') ? io.stderr : io.stdout;
  const written = files.map(({ file, cases }) => `wrote ${counted(cases, 'case')} to ${file}`);
  const lines = [
    `recorded ${counted(found, 'request')}`,
    ...written,
    ...describeLeftOut(leftOut),
    ...notes,
    ...describeNeeded(needed),
  ];
  for (const line of lines) told.write(`${printable(line)}\n`);
}

const usage = (message: string) => fail('USAGE', { message, command: 'record' });

function readOptions(args: Arguments, io: Io): RecordBrowserOptions {
  const [url = '', ...others] = args.positionals;
  if (others.length > 0) throw usage('one address is recorded; a command needs --upstream before it');
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw usage(`an http or https URL is recorded, or a command with --upstream, not "${withoutUser(url)}"`);
  const told = args.on('json') ? io.stderr : io.stdout;
  const texts = ['login', 'script', 'storage', 'har', 'ca'] as const;
  const given = Object.fromEntries(
    texts.flatMap((flag) => (args.text(flag) === undefined ? [] : [[flag, args.text(flag)]])),
  );
  return {
    ...addressAndUser(url),
    ...readRecordPlace(args),
    origins: args.list('origin').map(originOf),
    keepGet: args.on('keep-get'),
    headed: readHeaded(args, io),
    ...given,
    addresses: new Map(args.list('resolve').map(addressOf)),
    ...readCrawl(args),
    ...readThrough(args, io),
    tell: (line) => (args.on('quiet') ? undefined : told.write(`${printable(line)}\n`)),
  };
}

/** Who would ask for it is nothing for a message. */
function withoutUser(url: string): string {
  return url.replace(/\/\/[^/?#]*@/, '//').replace(/[?#].*$/s, '');
}

function originOf(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text)) throw usage(`--origin takes a URL, not "${text}"`);
  return new URL(text).origin;
}

function addressOf(text: string): readonly [string, string] {
  const [, name, address] = /^([^=\s]+)=([^=\s/]+)$/.exec(text) ?? [];
  if (name === undefined || address === undefined || !URL.canParse(`http://${address}`))
    throw usage(`--resolve takes a name and its address, such as shop.test=127.0.0.1:8080, not "${text}"`);
  return [name.toLowerCase(), address];
}

/** A person needs a display; a script does not. */
function readHeaded(args: Arguments, { env }: Io): boolean {
  const isByItself = args.on('script') || args.on('crawl');
  if (args.on('headless') && !isByItself) throw usage('--headless needs --script or --crawl: nobody can click');
  if (args.on('headed')) return true;
  if (isByItself) return false;
  const hasDisplay = platform() !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
  if (!hasDisplay) throw usage('there is no display to click on; record with --script or --crawl, or set DISPLAY');
  return true;
}

function readCrawl(args: Arguments): Pick<RecordBrowserOptions, 'crawl'> {
  const pages = args.number('crawl', { min: 1, max: 10_000 });
  if (pages === undefined && args.on('submit')) throw usage('--submit goes with --crawl, which finds the forms');
  if (pages !== undefined && args.on('script')) throw usage('--crawl and --script exclude each other');
  return pages === undefined ? {} : { crawl: { pages, submits: args.on('submit') } };
}

/** Options of an engine mean that there is to be one. */
function readThrough(args: Arguments, io: Io): Pick<RecordBrowserOptions, 'through'> {
  const ofEngine = [...engineFlags, ...aclFlags].some(({ long }) => args.given.includes(long));
  if (!ofEngine && !args.on('waf') && !args.on('mode')) return {};
  const { waf, engine } = readChosenEngine(args, io);
  const lab = args.text('waf') ?? waf ?? 'embedded';
  const mode = args.text('mode') ?? 'detect';
  if (mode !== 'detect' && mode !== 'block') throw usage(`--mode is one of detect, block, not "${mode}"`);
  if ((lab === 'aws') !== (waf === 'aws')) throw usage('--waf aws and --acl go with each other');
  return { through: { lab, mode, ...(waf && { waf }), ...(engine && { engine }) } };
}
