import type { Pair } from '../../model/request.js';

/** What a collection says of the authorization of a request, its values filled in. */
export interface Authorization {
  readonly type: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What it adds to the request; a note where it has to be answered by a challenge or computed. */
export interface Added {
  readonly headers: readonly Pair[];
  readonly query: readonly Pair[];
  readonly note?: string;
}

const nothing: Added = { headers: [], query: [] };

export function authorize({ type, values }: Authorization): Added {
  switch (type.toLowerCase()) {
    case '':
    case 'none':
    case 'noauth':
      return nothing;
    case 'basic':
      return header(
        'Authorization',
        `Basic ${Buffer.from(`${values['username'] ?? ''}:${values['password'] ?? ''}`).toString('base64')}`,
      );
    case 'bearer':
      return values['token'] ? header('Authorization', `${values['prefix'] || 'Bearer'} ${values['token']}`) : nothing;
    case 'apikey':
      return apiKey(values);
    case 'oauth2':
      if (values['accessToken'] && values['addTokenTo'] === 'queryParams')
        return { headers: [], query: [['access_token', values['accessToken']]] };
      return values['accessToken']
        ? header('Authorization', `${values['headerPrefix']?.trim() || 'Bearer'} ${values['accessToken']}`)
        : without(type);
    default:
      return without(type);
  }
}

function apiKey(values: Authorization['values']): Added {
  const pair: Pair = [values['key'] ?? '', values['value'] ?? ''];
  if (pair[0] === '') return nothing;
  if (/^query/i.test(values['in'] ?? values['addTo'] ?? '')) return { headers: [], query: [pair] };
  return /^cookie/i.test(values['addTo'] ?? '') ? header('Cookie', pair.join('=')) : header(...pair);
}

function header(name: string, value: string): Added {
  return { headers: [[name, value]], query: [] };
}

function without(type: string): Added {
  return { ...nothing, note: `without an authorization that is computed for each request: ${type}` };
}
