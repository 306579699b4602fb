import { decodedText } from '../../request/credential-names.js';
import type { RecordBrowserOptions } from './record-options.js';

/** A page whose address has a user in it may fetch nothing, so the browser is told the user apart. */
export function addressAndUser(text: string): Pick<RecordBrowserOptions, 'url' | 'credentials'> {
  const url = new URL(text);
  const { username, password } = url;
  if (username === '' && password === '') return { url: text };
  url.username = '';
  url.password = '';
  return { url: url.href, credentials: { username: decodedText(username), password: decodedText(password) } };
}
