const DNS_LABEL = '[a-z0-9](?:[-a-z0-9]*[a-z0-9])?';
const DNS_SUBDOMAIN = new RegExp(`^${DNS_LABEL}(?:\\.${DNS_LABEL})*$`);
const DNS_1035_LABEL = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED_NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const CEL_IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** The specification of CEL, "Syntax": keywords and what is kept for host languages. */
const CEL_RESERVED = new Set(
  `true false null in as break const continue else for function if import let loop package namespace return var void
   while`.split(/\s+/),
);

const MAXIMUM_SUBDOMAIN = 253;
const MAXIMUM_LABEL = 63;

/** As names of most objects (apimachinery, util/validation). */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= MAXIMUM_SUBDOMAIN && DNS_SUBDOMAIN.test(text);
}

export function isDns1035Label(text: string): boolean {
  return text.length <= MAXIMUM_LABEL && DNS_1035_LABEL.test(text);
}

/** As keys of labels and names of match conditions: a name, with a DNS subdomain before a slash if there is one. */
export function isQualifiedName(text: string): boolean {
  const [prefix = '', name, ...more] = text.split('/');
  if (name === undefined) return isQualifiedPart(prefix);
  return more.length === 0 && isDnsSubdomain(prefix) && isQualifiedPart(name);
}

function isQualifiedPart(text: string): boolean {
  return text.length <= MAXIMUM_LABEL && QUALIFIED_NAME.test(text);
}

export function isLabelValue(text: string): boolean {
  return text.length <= MAXIMUM_LABEL && LABEL_VALUE.test(text);
}

/** A name that can be a part of a path (apimachinery, api/validation/path). */
export function isPathSegment(text: string): boolean {
  return text !== '.' && text !== '..' && !/[/%]/.test(text);
}

export function isCelIdentifier(text: string): boolean {
  return CEL_IDENTIFIER.test(text) && !CEL_RESERVED.has(text);
}
