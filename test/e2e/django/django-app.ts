import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { serverPort } from '../../lab/server-port.js';
import { pythonPackages } from '../../python/packages.js';
import { folderOf } from '../../suite/suite-folder.js';

/** Django with its dependencies; nothing where there is no Python, which is said, and an error in CI. */
export const django = pythonPackages({
  requirements: ['Django==5.2.19', 'asgiref==3.13.0', 'sqlparse==0.6.1'],
  leftOut: 'tests with the admin of Django',
});

export const adminPassword = 'Correct-horse-7741';

/** A target whose session logs in as the admin; its list of steps is the last, so that more can follow. */
export const adminConfig = (url: string) => `targets:
  admin:
    url: ${url}
    waf: { kind: modsecurity, log: audit.log }
    session:
      steps:
        - { get: /admin/login/ }
        - submit: form#login-form
          fill: { username: admin, password: !env ADMIN_PASSWORD }
          expect: { status: 302, cookie: sessionid }
`;

/** Ends all sessions once, when so many pages were saved. */
const settings = `
import itertools, os, pathlib
BASE = pathlib.Path(__file__).parent
SECRET_KEY = 'only-for-a-test'
DEBUG = False
ALLOWED_HOSTS = ['*']
ROOT_URLCONF = 'site_urls'
SITE_ID = 1
USE_TZ = True
DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': BASE / 'db.sqlite3', 'OPTIONS': {'timeout': 60, 'transaction_mode': 'IMMEDIATE'}}}
DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
INSTALLED_APPS = ['django.contrib.' + name for name in
                  ['admin', 'auth', 'contenttypes', 'sessions', 'messages', 'sites', 'flatpages']]
MIDDLEWARE = ['site_settings.forgetful',
              'django.contrib.sessions.middleware.SessionMiddleware', 'django.middleware.csrf.CsrfViewMiddleware',
              'django.contrib.auth.middleware.AuthenticationMiddleware', 'django.contrib.messages.middleware.MessageMiddleware']
TEMPLATES = [{'BACKEND': 'django.template.backends.django.DjangoTemplates', 'APP_DIRS': True, 'OPTIONS': {
    'context_processors': ['django.template.context_processors.request', 'django.contrib.auth.context_processors.auth',
                           'django.contrib.messages.context_processors.messages']}}]
STATIC_URL = 'static/'
saved = itertools.count(1)

def forgetful(get_response):
    def middleware(request):
        response = get_response(request)
        if request.method == 'POST' and request.path.endswith('/add/') and response.status_code == 302 and next(saved) == int(os.environ['FORGETS_AT']):
            from django.contrib.sessions.models import Session
            Session.objects.all().delete()
        return response
    return middleware
`;

const urls = `
from django.contrib import admin
from django.urls import path
urlpatterns = [path('admin/', admin.site.urls)]
`;

const start = `
import os, sys
os.environ['DJANGO_SETTINGS_MODULE'] = 'site_settings'
import django
django.setup()
from django.core.management import call_command
from django.contrib.auth.models import User
call_command('migrate', verbosity=0)
User.objects.create_superuser('admin', 'admin@example.com', sys.argv[2])
call_command('runserver', '127.0.0.1:' + sys.argv[1], use_reloader=False, skip_checks=True)
`;

export interface DjangoApp {
  readonly url: string;
  /** What is saved, row by row. */
  rows(sql: string): readonly (readonly unknown[])[];
}

/**
 * The admin of Django in one process, with a database in a file, until the test ends.
 * @param forgetsAt how many pages are saved until all sessions end, once
 */
export async function startDjango(forgetsAt = 2): Promise<DjangoApp> {
  const folder = await folderOf({ 'site_settings.py': settings, 'site_urls.py': urls, 'start.py': start });
  const port = await serverPort();
  const env = { ...process.env, PYTHONPATH: `${django}:${folder}`, PYTHONUNBUFFERED: '1', FORGETS_AT: `${forgetsAt}` };
  const server = spawn('python3', ['start.py', `${port}`, adminPassword], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void server.kill('SIGKILL'));
  let said = '';
  server.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await new Promise<void>((resolve, reject) => {
    server.on('exit', () => reject(new Error(`Django ended: ${said}`)));
    createInterface({ input: server.stdout }).on('line', (line) => line.includes('Quit the server') && resolve());
  });
  return { url: `http://127.0.0.1:${port}`, rows: (sql) => rowsOf(join(folder, 'db.sqlite3'), sql) };
}

function rowsOf(database: string, sql: string): readonly (readonly unknown[])[] {
  const program =
    'import json, sqlite3, sys; print(json.dumps(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchall()))';
  const { stdout, stderr } = spawnSync('python3', ['-c', program, database, sql], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}
