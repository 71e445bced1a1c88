import { type Parsed, parsed, refused } from '../parsed.ts';

/** An IP address without a zone; its bits as one number of 32 or 128 bits. */
export interface IpAddress {
  readonly family: 4 | 6;
  readonly bits: bigint;
}

/** The longest that can be an address: eight groups, or six and a dotted one, with room for a refusal's message. */
const LONGEST = 64;
const GROUPS = 8;
const MAPPED_PREFIX = 0xffffn;

/**
 * Parses an address as Kubernetes' CEL library does: as Go's netip.ParseAddr, and neither with a zone nor
 * mapped from IPv4 (apiserver, pkg/cel/library/ip.go).
 *
 * @param text `10.0.0.1` or `2001:db8::1`
 */
export function parseIpAddress(text: string): Parsed<IpAddress> {
  if (text.length > LONGEST) return refused(`${JSON.stringify(`${text.slice(0, LONGEST)}…`)} is not an IP address`);
  const bits = text.includes(':') ? ipv6Bits(text) : ipv4Bits(text);
  if (typeof bits === 'string') return refused(`${JSON.stringify(text)} is not an IP address: ${bits}`);
  if (!text.includes(':')) return parsed({ family: 4, bits });
  if (bits >> 32n === MAPPED_PREFIX) {
    return refused(`the IPv4-mapped IPv6 address ${JSON.stringify(text)} is not allowed`);
  }
  return parsed({ family: 6, bits });
}

/** The canonical text: IPv6 in lower case with the longest run of zeros left out (RFC 5952). */
export function ipAddressText({ family, bits }: IpAddress): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 0xffn)).join('.');
  const groups = Array.from({ length: GROUPS }, (_, index) => Number((bits >> BigInt(112 - 16 * index)) & 0xffffn));
  const run = longestRunOfZeros(groups);
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  return run.length < 2
    ? hex(groups)
    : `${hex(groups.slice(0, run.start))}::${hex(groups.slice(run.start + run.length))}`;
}

/** How many bits an address of the family has. */
export function bitLength(family: 4 | 6): number {
  return family === 4 ? 32 : 128;
}

export function isUnspecified({ bits }: IpAddress): boolean {
  return bits === 0n;
}

export function isLoopback(address: IpAddress): boolean {
  return address.family === 4 ? highBits(address, 8) === 127n : address.bits === 1n;
}

export function isMulticast(address: IpAddress): boolean {
  return address.family === 4 ? highBits(address, 4) === 0xen : highBits(address, 8) === 0xffn;
}

/** 224.0.0.0/24, or ff_2::/16 with any flags (RFC 5771; RFC 4291, 2.7.1). */
export function isLinkLocalMulticast(address: IpAddress): boolean {
  return address.family === 4 ? highBits(address, 24) === 0xe00000n : (highBits(address, 16) & 0xff0fn) === 0xff02n;
}

export function isLinkLocalUnicast(address: IpAddress): boolean {
  return address.family === 4 ? highBits(address, 16) === 0xa9fen : (highBits(address, 16) & 0xffc0n) === 0xfe80n;
}

/** Anything that is none of the above, nor IPv4's broadcast; private addresses count as global, as in Go. */
export function isGlobalUnicast(address: IpAddress): boolean {
  if (isUnspecified(address) || (address.family === 4 && address.bits === 0xffffffffn)) return false;
  return !isLoopback(address) && !isMulticast(address) && !isLinkLocalUnicast(address);
}

function highBits({ family, bits }: IpAddress, count: number): bigint {
  return bits >> BigInt(bitLength(family) - count);
}

function ipv4Bits(text: string): bigint | string {
  const fields = text.split('.');
  if (fields.length !== 4) return 'IPv4 has four fields';
  let bits = 0n;
  for (const field of fields) {
    if (!/^\d{1,3}$/.test(field)) return `${JSON.stringify(field)} is not a number up to 255`;
    if (field.length > 1 && field.startsWith('0')) return `${JSON.stringify(field)} has a leading zero`;
    const value = Number(field);
    if (value > 255) return `${field} is above 255`;
    bits = (bits << 8n) | BigInt(value);
  }
  return bits;
}

function ipv6Bits(text: string): bigint | string {
  if (text.includes('%')) return 'a zone is not allowed';
  const sides = text.split('::');
  if (sides.length > 2) return 'it has :: twice';
  const [head = '', tail] = sides;
  const front = groupsOf(head, tail === undefined);
  const back = tail === undefined ? [] : groupsOf(tail, true);
  if (typeof front === 'string') return front;
  if (typeof back === 'string') return back;
  const missing = GROUPS - front.length - back.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return 'it does not have eight groups';
  const groups = [...front, ...Array.from({ length: missing }, () => 0n), ...back];
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n);
}

/** The groups of 16 bits on one side of `::`; only the last may be a dotted IPv4 address, worth two. */
function groupsOf(side: string, last: boolean): readonly bigint[] | string {
  if (side === '') return [];
  const groups: bigint[] = [];
  const fields = side.split(':');
  for (const [index, field] of fields.entries()) {
    if (last && index === fields.length - 1 && field.includes('.')) {
      const dotted = ipv4Bits(field);
      if (typeof dotted === 'string') return dotted;
      groups.push(dotted >> 16n, dotted & 0xffffn);
    } else if (/^[\da-f]{1,4}$/i.test(field)) {
      groups.push(BigInt(`0x${field}`));
    } else {
      return `${JSON.stringify(field)} is not a group of up to four hexadecimal digits`;
    }
  }
  return groups;
}

function longestRunOfZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > best.length) best = { start, length: index + 1 - start };
  }
  return best;
}
