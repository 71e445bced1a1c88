import { requestUriFailure } from '../url/url.ts';

/** What is wrong with a text, in the API server's own words; empty when nothing is. */
type Validate = (text: string) => readonly string[];

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const DNS1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const VALUE = `(${KEY})?`;
const LONGEST_LABEL = 63;
const LONGEST_SUBDOMAIN = 253;

/** Texts that no format accepts are not even searched beyond this. */
const LONGEST = 100_000;

/**
 * The formats of Kubernetes' CEL library by name (apiserver, pkg/cel/library/format.go); their messages are those of
 * apimachinery, pkg/util/validation, and pkg/api/validate/content.
 */
export const namedFormats: ReadonlyMap<string, Validate> = new Map<string, Validate>([
  ['dns1123Label', isLabel],
  ['dns1123Subdomain', isSubdomain],
  ['dns1035Label', isDns1035Label],
  ['qualifiedName', isQualifiedName],
  ['dns1123LabelPrefix', (text) => isLabel(withoutTrailingDash(text))],
  ['dns1123SubdomainPrefix', (text) => isSubdomain(withoutTrailingDash(text))],
  ['dns1035LabelPrefix', (text) => isDns1035Label(withoutTrailingDash(text))],
  ['labelValue', isLabelValue],
  ['uri', isUri],
  ['uuid', (text) => check(UUID.test(text), 'does not match the UUID format')],
  ['byte', (text) => check(text.length <= LONGEST * 10 && BASE64.test(text), 'invalid base64')],
  ['date', (text) => check(isDate(text), 'invalid date')],
  ['datetime', (text) => check(isDateTime(text), 'invalid datetime')],
]);

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/;

const LABEL_TEXT =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
const SUBDOMAIN_TEXT =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const DNS1035_TEXT =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
const KEY_TEXT =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const VALUE_TEXT = `a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character`;

function isLabel(text: string): readonly string[] {
  const problems = tooLong(text, LONGEST_LABEL, 'characters');
  if (matches(LABEL, text)) return problems;
  if (matches(SUBDOMAIN, text)) return [...problems, 'must not contain dots'];
  return [...problems, mismatch(LABEL_TEXT, LABEL, ['my-name', '123-abc'])];
}

function isSubdomain(text: string): readonly string[] {
  const problems = tooLong(text, LONGEST_SUBDOMAIN, 'characters');
  return matches(SUBDOMAIN, text) ? problems : [...problems, mismatch(SUBDOMAIN_TEXT, SUBDOMAIN, ['example.com'])];
}

function isDns1035Label(text: string): readonly string[] {
  const problems = tooLong(text, LONGEST_LABEL, 'characters');
  return matches(DNS1035, text) ? problems : [...problems, mismatch(DNS1035_TEXT, DNS1035, ['my-name', 'abc-123'])];
}

function isLabelValue(text: string): readonly string[] {
  const problems = tooLong(text, LONGEST_LABEL, 'bytes');
  if (matches(VALUE, text)) return problems;
  return [...problems, mismatch(VALUE_TEXT, VALUE, ['MyValue', 'my_value', '12345'])];
}

function isQualifiedName(text: string): readonly string[] {
  const keyMismatch = mismatch(KEY_TEXT, KEY, ['MyName', 'my.name', '123-abc']);
  const parts = text.split('/', 3);
  const name = parts.at(-1) ?? '';
  const [prefix] = parts;
  if (parts.length > 2) {
    return [
      `a valid label key ${keyMismatch} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const problems: string[] = [];
  if (parts.length === 2 && prefix !== undefined) {
    if (prefix === '') problems.push('prefix part must be non-empty');
    else problems.push(...isSubdomain(prefix).map((problem) => `prefix part ${problem}`));
  }
  if (name === '') problems.push('name part must be non-empty');
  else problems.push(...tooLong(name, LONGEST_LABEL, 'bytes').map((problem) => `name part ${problem}`));
  if (!matches(KEY, name)) problems.push(`name part ${keyMismatch}`);
  return problems;
}

function isUri(text: string): readonly string[] {
  const failure = requestUriFailure(text);
  return check(failure === undefined, `parse ${JSON.stringify(text.slice(0, 256))}: ${failure}`);
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A full date of RFC 3339 that exists in the calendar. */
function isDate(text: string): boolean {
  const [, year, month, day] = (DATE.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const TIME = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(.[0-9]+)?(z|([+-][0-9]{2}:[0-9]{2}))$/;

/** Date and time of RFC 3339, as loosely as kube-openapi's strfmt.IsDateTime reads it: whatever follows a second `T` is ignored. */
function isDateTime(text: string): boolean {
  if (text.length > LONGEST) return false;
  const [date, time] = text.toLowerCase().split('t', 2);
  const [, hour = '', minute = '', second = ''] = TIME.exec(time ?? '') ?? [];
  return isDate(date ?? '') && hour !== '' && hour <= '23' && minute <= '59' && second <= '59';
}

/** A name that something will be appended to may end in a dash. */
function withoutTrailingDash(text: string): string {
  return text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text;
}

const patterns = new Map<string, RegExp>();

function matches(pattern: string, text: string): boolean {
  if (text.length > LONGEST) return false;
  const expression = patterns.get(pattern) ?? new RegExp(`^(?:${pattern})$`);
  patterns.set(pattern, expression);
  return expression.test(text);
}

function tooLong(text: string, limit: number, unit: string): string[] {
  return text.length > limit || byteLength(text) > limit ? [`must be no more than ${limit} ${unit}`] : [];
}

function byteLength(text: string): number {
  let length = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    length += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
  }
  return length;
}

function mismatch(message: string, pattern: string, examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${message} (e.g. ${shown}regex used for validation is '${pattern}')`;
}

function check(valid: boolean, problem: string): readonly string[] {
  return valid ? [] : [problem];
}
