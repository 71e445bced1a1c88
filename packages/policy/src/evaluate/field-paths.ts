import type { FailedElement, Program, Reference } from '../cel/program.ts';
import { isObject, type Json, type Pointer } from '../json.ts';
import type { Policy } from '../policy/policy.ts';

/** No finding needs more places to choose from; variables that read each other twice would double them each time. */
const MOST_READS = 200;

/** Where the objects and arrays of a document are in it. */
type PointerIndex = ReadonlyMap<unknown, Pointer>;

/**
 * The likeliest places of a violation: the elements on which an `all()` failed, else what the expression
 * reads, expanded through variables, what exists in the object before what does not.
 */
export function fieldPaths(
  program: Program,
  failedElements: readonly FailedElement[],
  policy: Policy,
  object: Json,
): readonly Pointer[] {
  const elements = failedElements.length > 0 ? elementPaths(failedElements, pointerIndex(object)) : [];
  if (elements.length > 0) return withoutPrefixes(elements);
  const paths = withoutPrefixes(reads(program, policy).flatMap(({ root, path }) => (root === 'object' ? [path] : [])));
  return [...paths].sort((a, b) => existingSteps(object, b) - existingSteps(object, a) || b.length - a.length);
}

/** What an expression reads of everything but the object; the first step is the variable. */
export function otherPaths(program: Program, policy: Policy): readonly Pointer[] {
  return withoutPrefixes(
    reads(program, policy).flatMap(({ root, path }) => (root === 'object' ? [] : [[root, ...path]])),
  );
}

/** Expanded through the policy's own variables. */
function reads(program: Program, policy: Policy): readonly Reference[] {
  return expandAll(program.references, policy, new Map());
}

function elementPaths(failed: readonly FailedElement[], index: PointerIndex): readonly Pointer[] {
  return failed.flatMap(({ element, paths }) => {
    const base = index.get(element);
    if (!base) return [];
    return paths.length === 0 ? [base] : paths.map((path) => [...base, ...path]);
  });
}

/** What each variable reads in the end, once it is known; while it is being found, nothing. */
type ReadsOfVariables = Map<string, readonly Reference[]>;

/** What references read in the end, each place once. */
function expandAll(references: readonly Reference[], policy: Policy, known: ReadsOfVariables): readonly Reference[] {
  const found = new Map<string, Reference>();
  for (const reference of references) {
    for (const inner of expand(reference, policy, known)) {
      found.set(JSON.stringify([inner.root, inner.open, inner.path]), inner);
      if (found.size === MOST_READS) return [...found.values()];
    }
  }
  return [...found.values()];
}

/** What a reference to a variable reads in the end. */
function expand(reference: Reference, policy: Policy, known: ReadsOfVariables): readonly Reference[] {
  const [name, ...rest] = reference.path;
  if (reference.root !== 'variables' || typeof name !== 'string') return [reference];
  return readsOfVariable(name, policy, known).map((inner) =>
    inner.open ? inner : { ...inner, path: [...inner.path, ...rest], open: reference.open },
  );
}

function readsOfVariable(name: string, policy: Policy, known: ReadsOfVariables): readonly Reference[] {
  const before = known.get(name);
  if (before) return before;
  known.set(name, []);
  const variable = policy.variables.find((candidate) => candidate.name === name);
  const found = variable ? expandAll(variable.program.references, policy, known) : [];
  known.set(name, found);
  return found;
}

/** Every path once, without those that another one continues. */
function withoutPrefixes(paths: readonly Pointer[]): readonly Pointer[] {
  const unique = [...new Map(paths.map((path) => [JSON.stringify(path), path])).values()];
  return unique.filter((path) => !unique.some((other) => other.length > path.length && startsWith(other, path)));
}

function startsWith(path: Pointer, prefix: Pointer): boolean {
  return prefix.every((step, position) => path[position] === step);
}

/** How many steps of a path the object has. */
function existingSteps(object: Json, path: Pointer): number {
  let current: unknown = object;
  for (const [position, step] of path.entries()) {
    if (Array.isArray(current)) current = current[Number(step)];
    else if (isObject(current) && Object.hasOwn(current, step)) current = current[step];
    else return position;
  }
  return path.length;
}

/** Indexes the objects and arrays of a document by identity. */
function pointerIndex(document: Json): PointerIndex {
  const index = new Map<unknown, Pointer>();
  const rest: { readonly value: unknown; readonly pointer: Pointer }[] = [{ value: document, pointer: [] }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    const { value, pointer } = next;
    if (typeof value !== 'object' || value === null) continue;
    index.set(value, pointer);
    const children = Array.isArray(value) ? value.entries() : Object.entries(value);
    for (const [step, child] of children) rest.push({ value: child, pointer: [...pointer, step] });
  }
  return index;
}
