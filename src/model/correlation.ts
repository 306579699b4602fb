/** The header that carries the correlation id of an exchange, by which log entries are joined to it. */
export const correlationHeader = 'X-Wafproof-Id';

/** How the correlation id of a request ends that asks the WAF what it is. */
export const infoSuffix = '-info';
