import { parseIpAddress } from '../network/ip-address.ts';
import { type Parsed, parsed, refused } from '../parsed.ts';
import { unescaped } from './percent-encoding.ts';

const PORT = /^(?::\d*)?$/;

/**
 * Checks and decodes `host[:port]` as Go's net/url does.
 *
 * @param scheme in lower case: http and https allow no second colon
 * @param host a string of bytes
 */
export function parseHost(scheme: string, host: string): Parsed<string> {
  const bracket = host.lastIndexOf('[');
  if (bracket > 0) return refused('invalid IP-literal');
  if (bracket === 0) return parseBracketed(host);
  const first = host.indexOf(':');
  if (first >= 0) {
    const strict = scheme === 'http' || scheme === 'https';
    const port = host.slice(strict ? first : host.lastIndexOf(':'));
    if (!PORT.test(port)) return refused(`invalid port ${JSON.stringify(port)} after host`);
  }
  return decoded(unescaped(host, 'host'));
}

/** `[2001:db8::1]:443`, with a zone after `%25` (RFC 6874). */
function parseBracketed(host: string): Parsed<string> {
  const end = host.lastIndexOf(']');
  if (end < 0) return refused("missing ']' in host");
  const port = host.slice(end + 1);
  if (!PORT.test(port)) return refused(`invalid port ${JSON.stringify(port)} after host`);
  const inside = host.slice(1, end);
  const zoneAt = inside.indexOf('%25');
  const address = unescaped(zoneAt < 0 ? inside : inside.slice(0, zoneAt), 'host');
  const zone = zoneAt < 0 ? '' : unescaped(inside.slice(zoneAt), 'zone');
  if (address === undefined || zone === undefined) return refused('its host has an invalid escape');
  const name = address + zone;
  const percent = name.indexOf('%');
  const literal = percent < 0 ? name : name.slice(0, percent);
  if (percent === name.length - 1 || !isIpv6(literal)) {
    return refused(`${JSON.stringify(name)} is not an IPv6 address`);
  }
  return parsed(`[${name}]${port}`);
}

/** Unlike in the library's own ip(), one mapped from IPv4 may be given. */
function isIpv6(text: string): boolean {
  if (!text.includes(':')) return false;
  return parseIpAddress(text).kind === 'parsed' || isMapped(text);
}

function isMapped(text: string): boolean {
  const unmapped = /^(?:::|(?:0{1,4}:){5})ffff:(?=[^:]+(?::[^:]+)?$)(.*)$/i.exec(text)?.[1];
  return unmapped !== undefined && parseIpAddress(`::1:${unmapped}`).kind === 'parsed';
}

function decoded(text: string | undefined): Parsed<string> {
  return text === undefined ? refused('its host has a character or an escape that is not allowed there') : parsed(text);
}
