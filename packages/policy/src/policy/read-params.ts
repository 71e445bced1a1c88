import { isDns1035Label, isDnsSubdomain, isPathSegment } from './names.ts';
import type { ParamKind, ParamRef } from './policy.ts';
import { optionalObject, optionalString, type Place, readChoice, requiredString } from './read-fields.ts';
import { readSelector } from './read-match.ts';

const KIND_FIELDS = { known: ['apiVersion', 'kind'] };
const REF_FIELDS = { known: ['name', 'namespace', 'selector', 'parameterNotFoundAction'] };

/** `spec.paramKind` of a policy; the rules are those of the API server's validation. */
export function readParamKind(spec: Place): ParamKind | undefined {
  const place = optionalObject(spec, 'paramKind', KIND_FIELDS);
  const apiVersion = place && requiredString(place, 'apiVersion');
  const kind = place && requiredString(place, 'kind');
  if (!place || apiVersion === undefined || kind === undefined) return undefined;
  const [group, version, ...more] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
  const isVersion = version !== undefined && isDns1035Label(version) && more.length === 0;
  if (!isVersion || (group !== '' && !isDnsSubdomain(group ?? ''))) {
    const message = `${JSON.stringify(apiVersion)} is no version of an API`;
    place.log.add([...place.pointer, 'apiVersion'], 'policy/invalid', message, {
      hint: 'such as v1 or example.com/v1',
    });
  }
  if (!isDns1035Label(kind.toLowerCase())) {
    place.log.add([...place.pointer, 'kind'], 'policy/invalid', `${JSON.stringify(kind)} is no kind`);
  }
  return { apiVersion, kind };
}

/** `spec.paramRef` of a binding. */
export function readParamRef(spec: Place): ParamRef | undefined {
  const place = optionalObject(spec, 'paramRef', REF_FIELDS);
  if (!place) return undefined;
  const name = optionalString(place, 'name') || undefined;
  const namespace = optionalString(place, 'namespace') || undefined;
  const selector = readSelector(place, 'selector');
  if (name !== undefined && !isPathSegment(name)) {
    place.log.add([...place.pointer, 'name'], 'policy/invalid', `${JSON.stringify(name)} is not a valid name`);
  }
  if (name !== undefined && selector) {
    place.log.add([...place.pointer, 'selector'], 'policy/invalid', 'name and selector exclude each other');
  }
  if (name === undefined && !selector) {
    place.log.add(place.pointer, 'policy/invalid', 'name or selector is missing');
  }
  if (requiredString(place, 'parameterNotFoundAction') === undefined) return undefined;
  const notFound = readChoice(place, 'parameterNotFoundAction', ['Allow', 'Deny'], 'Deny');
  return {
    ...(name === undefined ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    ...(selector ? { selector } : {}),
    notFound,
  };
}
