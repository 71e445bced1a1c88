import { isObject, type Json, type JsonObject, property, valueAt } from '../../json/json.ts';
import { parseYaml } from '../../source/parse-yaml.ts';
import { lineAt } from './bracket-fault.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];
/** What stands under these is a value of somebody else's, not a part of the description. */
const values: ReadonlySet<string> = new Set(['example', 'examples']);

/**
 * Why a text is no OpenAPI document (OpenAPI 2.0, "Swagger Object"; 3.0 and later, "OpenAPI Object").
 *
 * @returns the first fault, or `undefined`
 */
export function openapiFault(text: string): string | undefined {
  return faultOf(text, (document) => {
    const swagger = property(document, 'swagger') !== undefined;
    const version = property(document, swagger ? 'swagger' : 'openapi');
    if (swagger ? version !== '2.0' : typeof version !== 'string' || !/^3\.\d+\.\d+/.test(version))
      return swagger ? 'swagger is not the text "2.0"' : 'openapi is not a version such as 3.1.0';
    return infoFault(document) ?? pathsFault(document, swagger || `${version}`.startsWith('3.0.'));
  });
}

/**
 * Why a text is no AsyncAPI document (AsyncAPI 2 and 3, "AsyncAPI Object").
 *
 * @returns the first fault, or `undefined`
 */
export function asyncapiFault(text: string): string | undefined {
  return faultOf(text, (document) => {
    const version = property(document, 'asyncapi');
    if (typeof version !== 'string' || !/^[23]\.\d+\.\d+/.test(version))
      return 'asyncapi is not a version such as 3.0.0';
    const channels = property(document, 'channels');
    return infoFault(document) ?? (isObject(channels) ? undefined : 'channels is missing or no mapping');
  });
}

function faultOf(text: string, judge: (document: JsonObject) => string | undefined): string | undefined {
  const parsed = parseYaml(text);
  if (!parsed.ok) return `line ${lineAt(text, parsed.error.offset)}: ${parsed.error.message}`;
  const [document, ...more] = parsed.documents;
  if (!isObject(document) || more.length > 0) return 'it is not one document with fields';
  return judge(document) ?? referenceFault(document);
}

function infoFault(document: JsonObject): string | undefined {
  const info = property(document, 'info');
  if (!isObject(info)) return 'info is missing or no mapping';
  for (const field of ['title', 'version']) {
    const value = property(info, field);
    if (value === undefined) return `info.${field} is missing`;
    if (typeof value !== 'string') return `info.${field} is not a text: put it in quotes`;
  }
  return undefined;
}

/** @param older before 3.1, where paths and every operation's responses are required */
function pathsFault(document: JsonObject, older: boolean): string | undefined {
  const paths = property(document, 'paths');
  if (paths === undefined) {
    const instead = !older && ['components', 'webhooks'].some((field) => isObject(property(document, field)));
    return instead ? undefined : 'paths is missing';
  }
  if (!isObject(paths)) return 'paths is no mapping';
  const operations = new Map<string, string>();
  for (const [path, item] of Object.entries(paths)) {
    if (path.startsWith('x-')) continue;
    if (!path.startsWith('/')) return `the path "${path}" does not begin with "/"`;
    if (!isObject(item)) return `the path "${path}" is no mapping`;
    for (const method of methods) {
      const operation = property(item, method);
      if (operation === undefined) continue;
      const name = `${method} ${path}`;
      const fault = operationFault(operation, older);
      if (fault !== undefined) return `"${name}" ${fault}`;
      const id = property(operation, 'operationId');
      if (typeof id !== 'string') continue;
      const other = operations.get(id);
      if (other !== undefined) return `"${name}" and "${other}" have the same operationId "${id}"`;
      operations.set(id, name);
    }
  }
  return undefined;
}

function operationFault(operation: Json, older: boolean): string | undefined {
  if (!isObject(operation)) return 'is no mapping';
  const responses = property(operation, 'responses');
  if (responses === undefined) return older ? 'has no responses' : undefined;
  if (!isObject(responses)) return 'has responses that are no mapping';
  const code = Object.keys(responses).find((key) => !/^(?:default|[1-5](?:\d\d|XX)|x-.*)$/.test(key));
  return code === undefined ? undefined : `has a response "${code}", which is no status`;
}

/** The first reference within the document that leads nowhere. With an `$id` somewhere, references may start there. */
function referenceFault(document: JsonObject): string | undefined {
  let missing: string | undefined;
  const stack: Json[] = [document];
  for (let value = stack.pop(); value !== undefined; value = stack.pop()) {
    if (Array.isArray(value)) for (const part of value as readonly Json[]) stack.push(part);
    else if (isObject(value)) {
      if (typeof property(value, '$id') === 'string') return undefined;
      const reference = property(value, '$ref');
      if (typeof reference === 'string' && reference.startsWith('#/') && !leads(document, reference))
        missing ??= reference;
      for (const [key, part] of Object.entries(value)) if (!values.has(key)) stack.push(part);
    }
  }
  return missing && `nothing is at "${missing}"`;
}

/** RFC 6901, section 6: a pointer in a fragment, percent-encoded. */
function leads(document: JsonObject, reference: string): boolean {
  const pointer = reference.slice(2).split('/');
  try {
    const keys = pointer.map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'));
    return valueAt(document, keys) !== undefined;
  } catch {
    return false;
  }
}
