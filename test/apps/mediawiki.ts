import { appendFile, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { debianPackages } from '../debian/packages.js';
import { serverPort } from '../lab/server-port.js';
import { runPhp, startPhp } from './php-server.js';

/** MediaWiki as Debian ships it; nothing where it cannot be had or run, which is said, and an error in CI. */
export const mediawiki = debianPackages({
  names: ['mediawiki', 'mediawiki-classes'],
  programs: ['php'],
  leftOut: 'tests with MediaWiki',
});

export const steward = { name: 'Steward', password: 'Correct-horse-7741' };

/** Ends all sessions once, when so many pages were saved. */
const settings = (folder: string) => `
$wgEnableUploads = true;
$wgUploadDirectory = '${folder}/images';
$wgCacheDirectory = '${folder}/cache';
$wgServer = 'http://' . ($_SERVER['HTTP_HOST'] ?? 'localhost');
$wgUseImageResize = false;
$wgSessionCacheType = CACHE_DB;
$wgMainCacheType = CACHE_NONE;
$wgJobRunRate = 0;
$wgHooks['PageSaveComplete'][] = function ($page, $user) {
  $mark = '${folder}/saved';
  file_put_contents($mark, 'x', FILE_APPEND);
  clearstatcache();
  if (filesize($mark) !== 2) return;
  DeferredUpdates::addCallableUpdate(function () use ($user) {
    MediaWiki\\Session\\SessionManager::singleton()->invalidateSessionsForUser(User::newFromIdentity($user));
  });
};
`;

export interface MediaWikiSite {
  readonly url: string;
  /** What is saved, row by row. */
  rows(sql: string): readonly (readonly string[])[];
}

/** A MediaWiki with one user, on loopback, with a database in a file, until the test ends. */
export async function startMediaWiki(packages: string): Promise<MediaWikiSite> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'wafproof-mediawiki-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const root = join(packages, 'usr/share/mediawiki');
  for (const name of ['data', 'images', 'cache']) await mkdir(join(folder, name));
  const port = await serverPort();
  const options = ['--dbtype=sqlite', `--dbpath=${folder}/data`, '--server=http://localhost', '--scriptpath='];
  const user = [`--pass=${steward.password}`, 'Handbook', steward.name];
  runPhp([join(root, 'maintenance/install.php'), ...options, `--confpath=${folder}`, ...user], root);
  const config = join(folder, 'LocalSettings.php');
  await appendFile(config, settings(folder));
  await writeFile(join(folder, 'rows.php'), rowsProgram);
  const url = await startPhp({ root, folder, port, env: { MW_CONFIG_FILE: config } });
  const rows = (sql: string) =>
    JSON.parse(runPhp([join(folder, 'rows.php'), `${folder}/data/my_wiki.sqlite`, sql], root));
  return { url, rows };
}

const rowsProgram = `<?php
$database = new PDO('sqlite:' . $argv[1]);
echo json_encode($database->query($argv[2])->fetchAll(PDO::FETCH_NUM), JSON_THROW_ON_ERROR);
`;
