import { test } from 'vitest';
import { curlVersion } from './real-curl.js';
import { sameAsCurl } from './same-as-curl.js';

// Other versions differ in details, such as where a URL is escaped. `npm run stress` has more commands.
test.skipIf(!curlVersion().startsWith('7.88.'))('a command comes to what curl sends', () => sameAsCurl(60));
