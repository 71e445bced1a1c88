/** Functions that Kubernetes' CEL has and this engine does not yet, by the library that they belong to. */
const LIBRARIES: Readonly<Record<string, readonly string[]>> = {
  'the URL library': ['url', 'isURL', 'getScheme', 'getHost', 'getHostname', 'getPort', 'getEscapedPath', 'getQuery'],
  'the IP address library': ['ip', 'isIP', 'family', 'isUnspecified', 'isLoopback', 'isGlobalUnicast'],
  'the CIDR library': ['cidr', 'isCIDR', 'containsIP', 'containsCIDR', 'prefixLength', 'masked'],
  'the semver library': ['semver', 'isSemver', 'major', 'minor', 'patch'],
  'the format library': ['named', 'validate'],
  'the regex library': ['find', 'findAll'],
  'the list library': ['isSorted', 'sum', 'min', 'max', 'slice', 'flatten', 'sort', 'sortBy', 'distinct', 'reverse'],
  'the set library': ['intersects', 'equivalent'],
  'two-variable comprehensions': ['transformList', 'transformMap', 'transformMapEntry', 'existsOne'],
  'optional macros': ['optMap', 'optFlatMap', 'ofNonZeroValue', 'unwrap'],
};

const LIBRARY_OF = new Map(
  Object.entries(LIBRARIES).flatMap(([library, names]) => names.map((name) => [name, library] as const)),
);
const ONE_VARIABLE_LOOPS = new Set(['all', 'exists', 'exists_one']);

/** The library of a function that is not supported yet, or `undefined` when it is supported or unknown. */
export function libraryOf(
  name: string,
  argumentCount: number,
  receiver: { readonly identifier: string | undefined } | undefined,
): string | undefined {
  if (receiver?.identifier === 'sets') return 'the set library';
  if (receiver?.identifier === 'format') return 'the format library';
  if (receiver && argumentCount === 3 && ONE_VARIABLE_LOOPS.has(name)) return 'two-variable comprehensions';
  return LIBRARY_OF.get(name);
}
