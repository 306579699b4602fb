import { BlockList, isIP, isIPv4 } from 'node:net';

/** Whether an address is in one of the ranges. */
export type AddressSet = (address: string) => boolean;

/**
 * The ranges of an IP set. What is no range matches nothing.
 * @param ranges in CIDR notation
 */
export function addressSet(ranges: readonly string[]): AddressSet {
  const list = new BlockList();
  for (const range of ranges) addRange(list, range);
  return (address) => isIP(address) !== 0 && list.check(address, family(address));
}

function addRange(list: BlockList, range: string): void {
  const [address = '', length] = range.split('/');
  const prefix = Number(length ?? (isIPv4(address) ? 32 : 128));
  if (isIP(address) === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > (isIPv4(address) ? 32 : 128)) return;
  list.addSubnet(address, prefix, family(address));
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIPv4(address) ? 'ipv4' : 'ipv6';
}

const mostForwarded = 10;

/** What a header of forwarded addresses holds: each address, or nothing where one cannot be read. */
export function forwardedAddresses(value: string): readonly (string | undefined)[] {
  return value.split(',').map((piece) => {
    const address = piece.trim();
    return isIP(address) === 0 ? undefined : address;
  });
}

/** The addresses that `ANY` looks at: the last ten. */
export function lastAddresses<T>(addresses: readonly T[]): readonly T[] {
  return addresses.slice(-mostForwarded);
}
