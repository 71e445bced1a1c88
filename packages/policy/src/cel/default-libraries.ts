import type { FunctionLibrary } from './function-declaration.ts';
import { authorizerLibrary } from './libraries/authorizer-library.ts';
import { formatLibrary } from './libraries/format/format-library.ts';
import { kubernetesListsLibrary } from './libraries/lists/kubernetes-lists-library.ts';
import { listsLibrary } from './libraries/lists/lists-library.ts';
import { setsLibrary } from './libraries/lists/sets-library.ts';
import { networkLibrary } from './libraries/network/network-library.ts';
import { quantityLibrary } from './libraries/quantity/quantity-library.ts';
import { kubernetesRegexLibrary } from './libraries/regex/regex-library.ts';
import { semverLibrary } from './libraries/semver/semver-library.ts';
import { kubernetesStringsLibrary } from './libraries/strings/strings-library.ts';
import { urlLibrary } from './libraries/url/url-library.ts';
import { STANDARD_LIBRARY } from './standard/standard-library.ts';

/** What an environment has that names no libraries: what Kubernetes gives a ValidatingAdmissionPolicy. */
export const DEFAULT_LIBRARIES: readonly FunctionLibrary[] = [
  ...STANDARD_LIBRARY,
  kubernetesStringsLibrary,
  kubernetesListsLibrary,
  listsLibrary,
  setsLibrary,
  kubernetesRegexLibrary,
  urlLibrary,
  networkLibrary,
  quantityLibrary,
  semverLibrary,
  formatLibrary,
  authorizerLibrary,
];
