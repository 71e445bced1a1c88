import { library } from '../../function-declaration.ts';
import { opaqueType } from '../../type.ts';
import { CelError, CelOpaque } from '../../value.ts';
import { type CidrBlock, cidrBlockText, containsAddress, containsBlock, masked, parseCidrBlock } from './cidr-block.ts';
import {
  type IpAddress,
  ipAddressText,
  isGlobalUnicast,
  isLinkLocalMulticast,
  isLinkLocalUnicast,
  isLoopback,
  isUnspecified,
  parseIpAddress,
} from './ip-address.ts';

const IP = opaqueType('net.IP');
const CIDR = opaqueType('net.CIDR');

/** An IP address as a value of CEL. */
export class CelIpAddress extends CelOpaque {
  readonly type = IP;
  readonly address: IpAddress;

  constructor(address: IpAddress) {
    super();
    this.address = address;
  }

  equals(other: CelOpaque): boolean {
    return (
      other instanceof CelIpAddress &&
      other.address.family === this.address.family &&
      other.address.bits === this.address.bits
    );
  }
}

/** A network as a value of CEL; equal to one with the same address and prefix length, also in the bits after the prefix. */
export class CelCidrBlock extends CelOpaque {
  readonly type = CIDR;
  readonly block: CidrBlock;

  constructor(block: CidrBlock) {
    super();
    this.block = block;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof CelCidrBlock && cidrBlockText(other.block) === cidrBlockText(this.block);
  }
}

/** Evaluates with the address that a text is, or gives the error of a text that is none. */
function withAddress<T>(text: string, evaluate: (address: IpAddress) => T): T | CelError {
  const result = parseIpAddress(text);
  return result.kind === 'parsed' ? evaluate(result.value) : new CelError(result.reason);
}

function withBlock<T>(text: string, evaluate: (block: CidrBlock) => T): T | CelError {
  const result = parseCidrBlock(text);
  return result.kind === 'parsed' ? evaluate(result.value) : new CelError(result.reason);
}

/** Kubernetes' IP and CIDR libraries (apiserver, pkg/cel/library/ip.go and cidr.go). */
export const networkLibrary = library('kubernetes.net', {
  types: { IP: { type: IP, class: CelIpAddress }, CIDR: { type: CIDR, class: CelCidrBlock } },
  functions: {
    'ip(string): IP': (text) => withAddress(text, (address) => new CelIpAddress(address)),
    'isIP(string): bool': (text) => parseIpAddress(text).kind === 'parsed',
    'ip.isCanonical(string): bool': (text) => withAddress(text, (address) => ipAddressText(address) === text),
    'string(IP): string': (ip) => ipAddressText(ip.address),
    'IP.family(): int': (ip) => BigInt(ip.address.family),
    'IP.isUnspecified(): bool': (ip) => isUnspecified(ip.address),
    'IP.isLoopback(): bool': (ip) => isLoopback(ip.address),
    'IP.isLinkLocalMulticast(): bool': (ip) => isLinkLocalMulticast(ip.address),
    'IP.isLinkLocalUnicast(): bool': (ip) => isLinkLocalUnicast(ip.address),
    'IP.isGlobalUnicast(): bool': (ip) => isGlobalUnicast(ip.address),
    'cidr(string): CIDR': (text) => withBlock(text, (block) => new CelCidrBlock(block)),
    'isCIDR(string): bool': (text) => parseCidrBlock(text).kind === 'parsed',
    'string(CIDR): string': (cidr) => cidrBlockText(cidr.block),
    'CIDR.containsIP(string): bool': (cidr, text) => withAddress(text, (ip) => containsAddress(cidr.block, ip)),
    'CIDR.containsIP(IP): bool': (cidr, ip) => containsAddress(cidr.block, ip.address),
    'CIDR.containsCIDR(string): bool': (cidr, text) => withBlock(text, (inner) => containsBlock(cidr.block, inner)),
    'CIDR.containsCIDR(CIDR): bool': (cidr, inner) => containsBlock(cidr.block, inner.block),
    'CIDR.ip(): IP': (cidr) => new CelIpAddress(cidr.block.address),
    'CIDR.prefixLength(): int': (cidr) => BigInt(cidr.block.prefixLength),
    'CIDR.masked(): CIDR': (cidr) => new CelCidrBlock(masked(cidr.block)),
  },
});
