import { json, status } from '../../sign.js';
import type { System } from '../../system.js';

export const postgrestSystem: System = {
  id: 'postgrest',
  name: 'PostgREST and Supabase',
  layer: 'application',
  source: 'https://docs.postgrest.org/en/latest/references/errors.html',
  rides: [],
  refusals: [
    {
      id: 'rls',
      by: 'code',
      all: [status(401, 403), json('code', '42501'), json('message', /row-level security|permission denied/)],
      cause: 'not-authorized',
      grade: 'proved',
      says: 'a row-level security policy or a grant refuses it',
    },
    {
      id: 'jwt',
      by: 'code',
      all: [status(401), json('code', /^PGRST30[0-3]$/), json('message')],
      cause: 'authentication-required',
      grade: 'proved',
      says: 'the token is not accepted',
    },
    {
      id: 'jwt-expired',
      by: 'code',
      all: [status(401), json('code', /^PGRST30[13]$/), json('message', /expired/)],
      instead: ['jwt'],
      cause: 'token-expired',
      grade: 'proved',
      says: 'the token has expired',
    },
    {
      id: 'key',
      by: 'code',
      all: [status(401), json('message', 'No API key found in request'), json('hint')],
      cause: 'api-key',
      grade: 'proved',
      says: 'the header apikey is missing',
    },
    {
      id: 'bad-key',
      by: 'code',
      all: [status(401), json('message', 'Invalid API key'), json('hint')],
      cause: 'api-key',
      grade: 'proved',
      says: 'the header apikey is not valid',
    },
  ],
  fixes: {
    'not-authorized':
      '42501: `GRANT … ON TABLE` to the role, or a row level policy (`\\d TABLE` in psql lists them): CREATE POLICY for this command and role, and send the request again',
    'authentication-required':
      'send a JWT signed with jwt-secret whose `role` db-anon-role may switch to; PGRST301 and PGRST302 say what is wrong',
    'token-expired': 'fetch a fresh JWT before each run; PostgREST allows for 30 seconds that clocks differ',
    'api-key':
      'send the anon or service key of the project in `apikey` (Supabase > Project settings > API), beside Authorization',
  },
};
