import { cp, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { debianPackages } from '../debian/packages.js';
import { serverPort } from '../lab/server-port.js';
import { startMariaDb } from './mariadb.js';
import { runPhp, startPhp } from './php-server.js';

/** WordPress as Debian ships it; nothing where it cannot be had or run, which is said, and an error in CI. */
export const wordpress = debianPackages({
  names: [
    'wordpress',
    'wordpress-theme-twentytwentythree',
    ...['libjs-underscore', 'libjs-cropper', 'php-getid3'], // which its folders link to
  ],
  programs: ['php', 'mariadb', 'mariadb-install-db', 'mariadbd'],
  leftOut: 'tests with WordPress',
});

export const editor = { name: 'editor-in-chief', password: 'Correct-horse-7741' };

/** Ends all sessions once, when so many posts were published. */
const forgetful = `<?php
add_action('rest_after_insert_post', function () {
  $saved = get_option('forgetful', 0) + 1;
  update_option('forgetful', $saved);
  if ($saved === 2) WP_Session_Tokens::destroy_all_for_all_users();
});
`;

const config = (socket: string) => `<?php
define('DB_NAME', 'wp'); define('DB_USER', 'root'); define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:${socket}'); define('DB_CHARSET', 'utf8mb4');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('DISABLE_WP_CRON', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('COOKIEHASH', 'lab');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
  define($name . '_KEY', "only for a test: $name"); define($name . '_SALT', "salt of a test: $name");
}
$host = $_SERVER['HTTP_HOST'] ?? 'localhost';
define('WP_HOME', "http://$host"); define('WP_SITEURL', "http://$host");
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
`;

const install = `<?php
define('WP_INSTALLING', true);
function wp_mail() { return true; }
require $argv[1] . '/wp-load.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('The mill', $argv[2], 'editor@mill.test', false, '', $argv[3]);
update_option('permalink_structure', '/%postname%/');
update_user_meta(1, 'wp_persisted_preferences',
  ['core/edit-post' => ['welcomeGuide' => false, 'fullscreenMode' => false, 'fixedToolbar' => true], '_modified' => '2024-01-01T00:00:00.000Z']);
`;

export interface WordPressSite {
  readonly url: string;
  /** What is saved, row by row. */
  rows(sql: string): readonly (readonly string[])[];
}

/** A WordPress with one editor, on loopback, with a database server of its own, until the test ends. */
export async function startWordPress(packages: string): Promise<WordPressSite> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'wafproof-wordpress-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  const root = join(folder, 'site');
  await cp(join(packages, 'usr/share/wordpress'), root, { recursive: true, dereference: true, filter: isNoLinkToEtc });
  await mkdir(join(root, 'wp-content/mu-plugins'), { recursive: true });
  await writeFile(join(root, 'wp-content/mu-plugins/forgetful.php'), forgetful);
  const database = await startMariaDb(folder, 'wp');
  await writeFile(join(root, 'wp-config.php'), config(database.socket));
  await writeFile(join(folder, 'install.php'), install);
  runPhp([join(folder, 'install.php'), root, editor.name, editor.password], folder);
  const url = await startPhp({ root, folder, port: await serverPort() });
  return { url, rows: database.rows };
}

/** Debian's package has a setting of Apache in a link that leads out of it. */
function isNoLinkToEtc(path: string): boolean {
  return !path.endsWith('/.htaccess') && !path.endsWith('/ca-bundle.crt');
}
