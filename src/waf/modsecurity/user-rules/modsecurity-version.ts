/** The version of ModSecurity that reads a file of rules. */
export type ModsecurityVersion = 'modsecurity2' | 'modsecurity3';
