import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidrBlockText, containsAddress, containsBlock, masked, parseCidrBlock } from './cidr-block.ts';
import { type IpAddress, ipAddressText, parseIpAddress } from './ip-address.ts';

const address: fc.Arbitrary<IpAddress> = fc.oneof(
  fc.record({ family: fc.constant<4>(4), bits: fc.bigInt(0n, 2n ** 32n - 1n) }),
  // Runs of zeros are what its text is about.
  fc
    .array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })), { minLength: 8, maxLength: 8 })
    .map((groups) => ({ family: 6 as const, bits: groups.reduce((bits, group) => (bits << 16n) | BigInt(group), 0n) }))
    .filter(({ bits }) => bits >> 32n !== 0xffffn),
);

describe('an IP address', () => {
  it('is read from its own text', () => {
    fc.assert(
      fc.property(address, (ip) => {
        expect(parseIpAddress(ipAddressText(ip))).toEqual({ kind: 'parsed', value: ip });
      }),
    );
  });

  it.each([
    ['2001:DB8::0:0:1', '2001:db8::1'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:0:2:3:4:5:6:7', '1:0:2:3:4:5:6:7'],
    ['::1.2.3.4', '::102:304'],
    ['64:ff9b::1.2.3.4', '64:ff9b::102:304'],
  ])('%s is written %s', (text, canonical) => {
    const result = parseIpAddress(text);
    expect(result.kind === 'parsed' && ipAddressText(result.value)).toBe(canonical);
  });

  it.each([
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '1.2.3.4 ',
    '1..2.3',
    ':',
    ':::',
    '1::2::3',
    '12345::',
    '::g',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '1.2.3.4::',
    '::1%eth0',
    '::ffff:1.2.3.4',
    '::ffff:102:304',
    '::1.2.3',
    '1:'.repeat(100_000),
  ])('%.30j is none', (text) => {
    expect(parseIpAddress(text)).toMatchObject({ kind: 'refused' });
  });
});

describe('a CIDR block', () => {
  it('contains its own address, masked or not, and no other network', () => {
    fc.assert(
      fc.property(address, fc.nat(128), (ip, length) => {
        const block = { address: ip, prefixLength: Math.min(length, ip.family === 4 ? 32 : 128) };
        const network = masked(block);
        expect(parseCidrBlock(cidrBlockText(block))).toEqual({ kind: 'parsed', value: block });
        expect(masked(network)).toEqual(network);
        expect([containsAddress(block, ip), containsAddress(network, ip), containsBlock(block, network)]).toEqual([
          true,
          true,
          true,
        ]);
        expect(containsAddress(block, { family: ip.family === 4 ? 6 : 4, bits: 1n })).toBe(false);
      }),
    );
  });

  it.each([
    '1.2.3.4',
    '1.2.3.4/',
    '1.2.3.4/33',
    '::/129',
    '1.2.3.4/08',
    '1.2.3.4/-1',
    '1.2.3.4/+1',
    '1.2.3.4/1/2',
    '::ffff:1.2.3.4/96',
  ])('%j is none', (text) => {
    expect(parseCidrBlock(text)).toMatchObject({ kind: 'refused' });
  });
});
