import { body, heading, logged, markup, status } from '../../sign.js';
import type { System } from '../../system.js';

export const playSystem: System = {
  id: 'play',
  name: 'Play Framework',
  layer: 'application',
  source: 'https://www.playframework.com/documentation/latest/ScalaCsrf',
  rides: [],
  refusals: [
    {
      id: 'log-csrf',
      by: 'log',
      all: [status(403, 400), logged('play', /^\[CSRF\] Check failed/)],
      cause: 'csrf',
      grade: 'proved',
      says: 'the CSRF filter says what is wrong with the form token',
    },
    {
      id: 'log-hosts',
      by: 'log',
      all: [status(400), logged('play', /^Host not allowed: /)],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'the allowed hosts filter does not know the host',
    },
    {
      id: 'log-cors',
      by: 'log',
      all: [status(403), logged('play', /^Invalid CORS request/)],
      cause: 'cors',
      grade: 'proved',
      says: 'the CORS filter does not know the origin',
    },
    {
      id: 'host',
      by: 'code',
      all: [status(400), body(/^Host not allowed: /)],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'the allowed hosts filter does not know the host',
    },
    {
      id: 'host-page',
      by: 'page',
      all: [status(400), heading('Bad Request'), markup('id="play-error-page"'), markup('[Host not allowed: ')],
      cause: 'host-not-allowed',
      grade: 'proved',
      says: 'the allowed hosts filter does not know the host',
    },
    {
      id: 'error-page-401',
      by: 'page',
      all: [status(401, 403), heading('Unauthorized'), markup('You must be authenticated to access this page.')],
      cause: 'authentication-required',
      grade: 'likely',
      says: "Play's page for a request that a filter or an action refuses",
      or: ['application/csrf', 'application/not-authorized'],
    },
  ],
  fixes: {
    'authentication-required':
      'log in as the application wants it and send its session cookie (PLAY_SESSION); a missing form token of the CSRF filter is told by the same page: `play.filters.csrf` in the log',
    csrf: 'give the suite a session: GET the form, and send its csrfToken field with the session cookie; API calls without cookies pass with `Csrf-Token: nocheck`',
    'host-not-allowed': 'add the host to play.filters.hosts.allowed',
    cors: 'add the origin to play.filters.cors.allowedOrigins',
  },
};
