import { fail } from '../model/error.js';
import type { CapturedRequest } from './captured-request.js';
import type { ImportFormat, ImportSettings, ImportSource, LeftOut } from './import-format.js';
import { toSuite } from './to-suite.js';

/** What a source says of requests. */
export interface CapturedSource {
  readonly requests: readonly CapturedRequest[];
  /** What the source has besides them that is no request that can be told. */
  readonly leftOut: readonly LeftOut[];
  readonly notes: readonly string[];
  /** Of traffic: the origin of the application, where the source tells. */
  readonly origin?: string;
}

export type Capture = (source: ImportSource, settings: ImportSettings) => Promise<CapturedSource>;

interface Kind {
  readonly summary: string;
  /** What a source has to hold, for the message that it holds none. */
  readonly wanted: string;
  /** It is somebody's traffic, in which most requests say nothing. */
  readonly isRecorded: boolean;
  /** It has what a server was asked, GET and HEAD as well, and of one application. */
  readonly isLog?: boolean;
  /** Its values are examples. */
  readonly isMadeUp?: boolean;
  readonly capture: () => Promise<Capture>;
}

/** A format whose sources tell of requests, from which one way leads to a suite. */
export function capturing({
  summary,
  wanted,
  isRecorded,
  isMadeUp = false,
  isLog = false,
  capture,
}: Kind): ImportFormat {
  return {
    summary,
    async read(source, settings) {
      const { requests, leftOut, notes, origin } = await (await capture())(source, settings);
      if (requests.length + leftOut.length === 0)
        throw fail('IMPORT_EMPTY', { wanted }, { place: { file: source.shown } });
      const made = toSuite(requests, {
        source: source.shown,
        stem: source.stem,
        isRecorded,
        isMadeUp,
        isLog,
        ...settings,
        ...(origin !== undefined && { origin }),
      });
      return {
        ...made,
        found: made.found + leftOut.length,
        leftOut: [...leftOut, ...made.leftOut],
        notes: [...notes, ...made.notes],
      };
    },
  };
}
