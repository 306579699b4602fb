// What of Node's Buffer the modules use that the page shares with the program. This module comes before them.

class Bytes extends Uint8Array {
  /**
   * @param {string | ArrayLike<number>} value
   * @param {string} [encoding]
   * @returns {Bytes}
   */
  static ofValue(value, encoding = 'utf8') {
    if (typeof value !== 'string') return new Bytes(value);
    if (encoding === 'hex') return new Bytes((value.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)));
    if (encoding === 'base64') return fromBinary(atob(value.replace(/[^\w+/]/g, '')));
    return new Bytes(new TextEncoder().encode(value));
  }

  /**
   * @param {readonly Uint8Array[]} parts
   * @returns {Bytes}
   */
  static concat(parts) {
    const whole = new Bytes(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /**
   * @override
   * @param {string} [encoding]
   * @returns {string}
   */
  toString(encoding) {
    if (encoding !== 'base64') return new TextDecoder().decode(this);
    return btoa(Array.from(this, (byte) => String.fromCharCode(byte)).join(''));
  }
}

/** @param {string} binary */
function fromBinary(binary) {
  const bytes = new Bytes(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

Object.assign(globalThis, { Buffer: { from: Bytes.ofValue, concat: Bytes.concat } });
