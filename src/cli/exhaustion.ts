import { fail, type WafproofError } from '../model/error.js';

/** What a system says when it has run out of something, and what to do (errno(3)). */
const shortages: Readonly<Record<string, { readonly what: string; readonly next: string }>> = {
  EMFILE: { what: 'open files for this process', next: 'raise the limit with "ulimit -n 1024", lower --connections' },
  ENFILE: { what: 'open files', next: 'close other programs' },
  ENOSPC: { what: 'space on a disk', next: 'make room where reports and temporary files go' },
  EDQUOT: { what: 'space in your quota', next: 'make room where reports and temporary files go' },
  ENOMEM: { what: 'memory', next: 'close other programs, or lower --workers' },
  EAGAIN: { what: 'processes for you', next: 'close other programs, or lower --workers' },
};

/** What an error means that comes of a machine which has run out of something; nothing where it does not. */
export function exhaustionOf(error: unknown): WafproofError | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const shortage = Object.hasOwn(shortages, code) ? shortages[code] : undefined;
  return shortage === undefined ? undefined : fail('MACHINE_EXHAUSTED', shortage, { cause: error });
}
