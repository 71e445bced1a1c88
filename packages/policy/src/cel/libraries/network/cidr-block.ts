import { type Parsed, parsed, refused } from '../parsed.ts';
import { bitLength, type IpAddress, ipAddressText, parseIpAddress } from './ip-address.ts';

/** An address and the length of its prefix; the bits after the prefix are kept. */
export interface CidrBlock {
  readonly address: IpAddress;
  readonly prefixLength: number;
}

/**
 * Parses CIDR notation as Kubernetes' CEL library does (apiserver, pkg/cel/library/cidr.go): bits after the
 * prefix may be set, an address mapped from IPv4 may not be given.
 *
 * @param text `10.0.0.0/8` or `2001:db8::/32`
 */
export function parseCidrBlock(text: string): Parsed<CidrBlock> {
  const slash = text.lastIndexOf('/');
  if (slash < 0) return refused(`${JSON.stringify(text.slice(0, 64))} is not a network address: it has no "/"`);
  const address = parseIpAddress(text.slice(0, slash));
  if (address.kind === 'refused') return address;
  const digits = text.slice(slash + 1);
  const length = /^(?:0|[1-9]\d{0,2})$/.test(digits) ? Number(digits) : Number.NaN;
  if (!(length <= bitLength(address.value.family))) {
    return refused(`${JSON.stringify(text.slice(0, 128))} is not a network address: the prefix length is out of range`);
  }
  return parsed({ address: address.value, prefixLength: length });
}

export function cidrBlockText({ address, prefixLength }: CidrBlock): string {
  return `${ipAddressText(address)}/${prefixLength}`;
}

/** The same network with the bits after the prefix set to zero. */
export function masked(block: CidrBlock): CidrBlock {
  const { address, prefixLength } = block;
  const hostBits = BigInt(bitLength(address.family) - prefixLength);
  return { prefixLength, address: { family: address.family, bits: (address.bits >> hostBits) << hostBits } };
}

export function containsAddress(block: CidrBlock, address: IpAddress): boolean {
  if (block.address.family !== address.family) return false;
  const hostBits = BigInt(bitLength(address.family) - block.prefixLength);
  return block.address.bits >> hostBits === address.bits >> hostBits;
}

export function containsBlock(outer: CidrBlock, inner: CidrBlock): boolean {
  return outer.prefixLength <= inner.prefixLength && containsAddress(outer, inner.address);
}
