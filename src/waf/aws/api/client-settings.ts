import type { RateLimiter } from '../../../util/rate-limiter.js';

/** How often a call is tried in all: throttled calls are tried again after ever longer pauses. */
const maxAttempts = 4;
const requestTimeout = 30_000;
const connectionTimeout = 10_000;

/** The SDK's own notices are not for the user. */
const silent = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};

function nothing(): void {}

/** What all clients have in common. Credentials and endpoints are the SDK's own matter: its standard chain finds them. */
export function clientSettings(region: string | undefined) {
  return {
    ...(region !== undefined && { region }),
    maxAttempts,
    logger: silent,
    requestHandler: { requestTimeout, connectionTimeout },
  };
}

/** Has each attempt wait for its turn, before it is signed. */
export function inTurn(limiter: RateLimiter) {
  return <A, R>(next: (args: A) => Promise<R>) =>
    async (args: A): Promise<R> => {
      await limiter.take();
      return next(args);
    };
}
