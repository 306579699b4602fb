/** Whether the host name of a URL is this machine: `localhost` and names below it, 127.0.0.0/8 and `[::1]`. */
export function isLoopback(hostname: string): boolean {
  return /^(?:.+\.)?localhost\.?$/i.test(hostname) || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
