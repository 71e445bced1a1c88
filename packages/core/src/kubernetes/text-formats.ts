/** What a text of one format has to be. */
export interface TextFormat {
  accepts(text: string): boolean;
  /** To follow "has to be". */
  readonly is: string;
}

const of = (pattern: RegExp, is: string, maxLength = Number.POSITIVE_INFINITY): TextFormat => ({
  is,
  accepts: (text) => text.length <= maxLength && pattern.test(text),
});

const dnsLabel = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const subdomain = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const nameChars = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)$/;

/** The names of labels are few, and on every object. */
const knownNames = new Set<string>();
const maxKnownNames = 1000;

/** apimachinery, `IsQualifiedName`. */
function isQualifiedName(text: string): boolean {
  if (knownNames.has(text)) return true;
  if (!hasQualifiedForm(text)) return false;
  if (knownNames.size < maxKnownNames) knownNames.add(text);
  return true;
}

function hasQualifiedForm(text: string): boolean {
  const slash = text.indexOf('/');
  const prefix = text.slice(0, Math.max(slash, 0));
  const name = text.slice(slash + 1);
  if (slash >= 0 && (prefix.length > 253 || !subdomain.test(prefix))) return false;
  return name.length <= 63 && nameChars.test(name);
}

/** apimachinery, `IsValidPortName` (RFC 6335, section 5.1). */
export function isPortName(text: string): boolean {
  return (
    /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(text) && text.length <= 15 && /[a-z]/.test(text) && !text.includes('--')
  );
}

const portName = 'a name of at most 15 lower-case letters, digits and `-`, with a letter';
const qualifiedName =
  'a name of at most 63 letters, digits, `-`, `_` and `.`, with a domain and `/` before it where it needs one';

/**
 * apimachinery, `pkg/api/resource/quantity.go`: a decimal number, then nothing, an exponent, or one suffix of `n u m k M G T
 * P E` and `Ki Mi Gi Ti Pi Ei`.
 */
export const quantity = of(
  /^[+-]?(\d+(\.\d*)?|\.\d+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/,
  'a quantity, such as 500m, 0.5, 128Mi or 1Gi',
  100,
);

/** Formats of OpenAPI that the API server enforces, and ours for what it enforces by code (known-limits.ts). */
export const textFormats: Readonly<Record<string, TextFormat>> = {
  byte: { accepts: (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text), is: 'base64' },
  'date-time': of(
    /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/,
    'a date and time, such as 2026-01-31T12:00:00Z',
  ),
  date: of(/^\d{4}-\d\d-\d\d$/, 'a date, such as 2026-01-31'),
  duration: of(
    /^[+-]?(0|(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w)( ?(\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d|w))*)$/,
    'a duration, such as 30s or 1h30m',
    200,
  ),
  ipv4: of(/^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$/, 'an IPv4 address'),
  uuid: of(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i, 'a UUID'),
  'annotation-name': { accepts: (text) => isQualifiedName(text.toLowerCase()), is: qualifiedName },
  'config-key': of(/^[-._a-zA-Z0-9]+$/, 'a key of at most 253 letters, digits, `-`, `_` and `.`', 253),
  'dns-label': of(dnsLabel, 'a name of at most 63 lower-case letters, digits and `-`', 63),
  'label-value': of(
    /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/,
    'at most 63 letters, digits, `-`, `_` and `.`',
    63,
  ),
  'port-name': { accepts: isPortName, is: portName },
  'port-or-name': {
    accepts: isPortName,
    is: `a number between 1 and 65535, or ${portName}`,
  },
  'qualified-name': { accepts: isQualifiedName, is: qualifiedName },
  // core/validation, `ValidateEnv`: any printable ASCII but `=` (IsRelaxedEnvVarName).
  'variable-name': of(/^[ -<>-~]+$/, 'a name without `=`'),
};
