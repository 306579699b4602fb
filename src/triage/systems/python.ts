import type { System } from '../system.js';
import { djangoSystem } from './python/django.js';
import { djangoRestFrameworkSystem } from './python/django-rest-framework.js';
import { flaskSystem } from './python/flask.js';
import { gunicornSystem } from './python/gunicorn.js';
import { starletteSystem } from './python/starlette.js';
import { tornadoSystem } from './python/tornado.js';

export const pythonFamily: readonly System[] = [
  djangoSystem,
  djangoRestFrameworkSystem,
  flaskSystem,
  starletteSystem,
  gunicornSystem,
  tornadoSystem,
];
