import type { Exchange } from '../model/exchange.js';
import type { WireRequest } from '../model/request.js';

/** Sends requests to a target. What goes wrong with one request is an outcome of its exchange, never an exception. */
export interface Transport {
  send(request: WireRequest, correlationId: string): Promise<Exchange>;
  close(): Promise<void>;
}
