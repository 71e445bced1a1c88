import type { CelInput } from '../cel/cel-input.ts';
import { celValue } from '../cel/cel-input.ts';
import { DEFAULT_LIBRARIES } from '../cel/default-libraries.ts';
import { encodersLibrary } from '../cel/libraries/encoders-library.ts';
import { mathLibrary } from '../cel/libraries/math-library.ts';
import { regexLibrary } from '../cel/libraries/regex/regex-library.ts';
import { type CelType, DYN } from '../cel/type.ts';
import type { ScopeExtension, ScopeOptions } from '../policy/expression-scope.ts';
import type { Surroundings } from './dialect.ts';
import { clusterLibrary, GLOBAL_CONTEXT, HTTP, YAML } from './libraries/cluster-library.ts';
import { hashLibrary } from './libraries/hash-library.ts';
import { IMAGE_DATA, imageLibrary } from './libraries/image-library.ts';
import { CelResources, RESOURCES, resourceLibrary } from './libraries/resource-library.ts';
import { CelJson, JSON_TYPE, valueLibrary } from './libraries/value-library.ts';

/** Variables that Kyverno has and Kubernetes has not (kyverno, pkg/cel/policies/vpol/compiler, createBaseVpolEnv). */
const VARIABLES: ReadonlyMap<string, CelType> = new Map([
  ['resource', RESOURCES],
  ['globalContext', GLOBAL_CONTEXT],
  ['http', HTTP],
  ['image', IMAGE_DATA],
  ['json', JSON_TYPE],
  ['yaml', YAML],
  ['exceptions', DYN],
]);

/** What the expressions of a Kyverno policy can name (kyverno, pkg/cel/compiler/env.go, DefaultEnvOptionsWithCompat). */
const extension: ScopeExtension = {
  name: 'kyverno',
  variables: VARIABLES,
  libraries: [
    ...DEFAULT_LIBRARIES,
    encodersLibrary,
    mathLibrary,
    regexLibrary,
    resourceLibrary,
    imageLibrary,
    hashLibrary,
    valueLibrary,
    clusterLibrary,
  ],
};

export const kyvernoScope: ScopeOptions = { hasParams: false, hostVariables: [], types: undefined, extension };

/** The value of a variable of Kyverno, or `undefined` for one that it shares with Kubernetes. */
export function kyvernoVariable(name: string, { list, allowed }: Surroundings): CelInput | undefined {
  switch (name) {
    case 'resource':
      return list ? { kind: 'value', content: new CelResources(list) } : unknown('other manifests were not given');
    case 'globalContext':
      return unknown('the global context is known to the cluster only');
    case 'http':
      return unknown('what a server answers is known to the network only');
    case 'image':
      return unknown('what is in an image is known to its registry only');
    case 'yaml':
      return unknown('YAML inside of values is not parsed here');
    case 'json':
      return { kind: 'value', content: new CelJson() };
    case 'exceptions':
      return celValue({ allowedImages: allowed.images, allowedValues: allowed.values });
    default:
      return undefined;
  }
}

function unknown(reason: string): CelInput {
  return { kind: 'unknown', reason };
}
