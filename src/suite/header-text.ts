/** Whether a text can be the value of a header: RFC 9110 section 5.5 calls CR, LF and NUL invalid and dangerous. */
export function fitsHeader(text: string): boolean {
  return !/[\r\n\0]/.test(text);
}
