/** The header that carries the correlation id of an exchange, by which log entries are joined to it. */
export const correlationHeader = 'X-Wafproof-Id';
