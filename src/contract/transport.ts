import type { Exchange } from '../model/exchange.js';
import type { WireRequest } from '../model/request.js';

/** Sends requests to a target. What goes wrong with one request is an outcome of its exchange, never an exception. */
export interface Transport {
  /** @param beforeSending called when it is the request's turn, before anything of it goes out */
  send(request: WireRequest, correlationId: string, beforeSending?: () => void): Promise<Exchange>;
  close(): Promise<void>;
}
