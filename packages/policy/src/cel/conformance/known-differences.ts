/**
 * Cases of the conformance suite in which this engine differs, each with the reason. A case that fails and is not here is
 * red, and so is one that is here and passes.
 */
export const knownDifferences: ReadonlyMap<string, string> = new Map([
  [
    'optionals/optionals/map_null_entry_no_such_key',
    'a field of null is absent for `.?`, as it is in cel-go and in a cluster, and no error',
  ],
  [
    'optionals/optionals/map_present_key_invalid_field',
    'a field of a number is absent for `.?`, as it is in cel-go and in a cluster, and no error',
  ],
  [
    'string_ext/value_errors/indexof_out_of_range',
    'a search that begins after the end finds nothing, as in cel-go 0.29 and Kubernetes 1.37, and is no error',
  ],
  [
    'string_ext/value_errors/lastindexof_out_of_range',
    'a search that begins after the end finds nothing, as in cel-go 0.29 and Kubernetes 1.37, and is no error',
  ],
]);
