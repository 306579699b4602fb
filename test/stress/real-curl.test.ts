import { test } from 'vitest';
import { curlVersion } from '../record/curl/real-curl.js';
import { sameAsCurl } from '../record/curl/same-as-curl.js';

test.skipIf(!curlVersion().startsWith('7.88.'))('3000 commands come to what curl sends', () => sameAsCurl(3000));
