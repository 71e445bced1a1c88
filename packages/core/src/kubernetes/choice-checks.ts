import { quote } from '../finding/did-you-mean.ts';
import { type Json, type JsonObject, property } from '../json/json.ts';
import type { Check, Compiler } from './check.ts';
import { strings } from './keywords.ts';

/** `allOf`, `anyOf`, `oneOf` and `not`: conditions on a value whose fields stand in the schema around them. */
export function choiceChecks(schema: JsonObject, compiler: Compiler): readonly Check[] {
  const not = property(schema, 'not');
  return [
    ...schemasIn(schema, 'allOf').map((inner) => compiler.compileChoice(inner)),
    // Its two types are written as `anyOf` beside it; one finding of them is enough.
    ...(property(schema, 'x-kubernetes-int-or-string') === true ? [] : choice(schema, 'anyOf', compiler)),
    ...choice(schema, 'oneOf', compiler),
    ...(not === undefined ? [] : [negation(not, compiler)]),
  ];
}

function schemasIn(schema: JsonObject, keyword: string): readonly Json[] {
  const value = property(schema, keyword);
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function choice(schema: JsonObject, keyword: 'anyOf' | 'oneOf', compiler: Compiler): readonly Check[] {
  const schemas = schemasIn(schema, keyword);
  if (schemas.length === 0) return [];
  const branches = schemas.map((inner) => compiler.compileChoice(inner));
  const words = schemas.map(wordsFor);
  const names = words.every((word) => word !== undefined) ? words.join(' or ') : undefined;
  return [
    (node, run) => {
      let matching = 0;
      for (const branch of branches) if (run.count(() => branch(node, run)) === 0) matching += 1;
      if (run.exhausted || matching === 1 || (matching > 1 && keyword === 'anyOf')) return;
      const says =
        names === undefined
          ? `has none of the ${branches.length} forms that are possible here`
          : `needs ${keyword === 'oneOf' ? 'exactly one of ' : ''}${names}`;
      run.report(
        'wrong-value',
        node,
        matching > 1
          ? names === undefined
            ? 'has more than one of the forms that exclude each other here'
            : says
          : says,
      );
    },
  ];
}

/** A branch that only wants fields, in words. */
function wordsFor(schema: Json): string | undefined {
  const fields = strings(property(schema, 'required'));
  if (fields.length === 0 || Object.keys(schema as JsonObject).length > 1) return undefined;
  return fields.map(quote).join(' with ');
}

function negation(schema: Json, compiler: Compiler): Check {
  const check = compiler.compileChoice(schema);
  const word = wordsFor(schema);
  return (node, run) => {
    if (run.count(() => check(node, run)) > 0 || run.exhausted) return;
    run.report(
      'wrong-value',
      node,
      word === undefined ? 'has a form that is not possible here' : `cannot have ${word}`,
    );
  };
}
