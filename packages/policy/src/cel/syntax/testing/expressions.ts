import fc from 'fast-check';

/** Sources of CEL: valid ones, by its grammar, with every construct and macro. */
export function expressionSources(): fc.Arbitrary<string> {
  const name = fc.constantFrom('a', 'b', 'object', 'x_1');
  const text = fc.string({ unit: 'binary', maxLength: 6 });
  const literal = fc.oneof(
    fc.constantFrom(
      'true',
      'false',
      'null',
      '0',
      '1',
      '0x1F',
      '7u',
      '1.5',
      '.5',
      '1e3',
      '-1',
      '-2.5',
      "r'\\d'",
      "b'\\xff'",
    ),
    text.map((value) => JSON.stringify(value).replaceAll('\u007f', '\\x7f')),
    fc.constantFrom('"""a "b"\nc"""', "'''it's'''", '"\\u00e9\\U0001F600\\101\\t"'),
  );
  const { source } = fc.letrec<{ source: string }>((tie) => {
    const inner = tie('source');
    const group = inner.map((one) => `(${one})`);
    return {
      source: fc.oneof(
        { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
        fc.oneof(literal, name),
        fc
          .tuple(
            inner,
            fc.constantFrom('+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', 'in', '&&', '||'),
            inner,
          )
          .map((parts) => parts.join(' ')),
        group,
        fc.tuple(fc.constantFrom('!', '-', '!!', '- -'), group).map((parts) => parts.join('')),
        fc.tuple(group, group, inner).map(([condition, yes, no]) => `${condition} ? ${yes} : ${no}`),
        fc
          .tuple(group, fc.constantFrom('.f', '.?f', '.`a-b/c.d`', '.map', '[0]', '[?"k"]'))
          .map((parts) => parts.join('')),
        group.map((one) => `has(${one}.f)`),
        fc.array(inner, { maxLength: 3 }).map((elements) => `[${elements.join(', ')}]`),
        inner.map((one) => `[?${one}, ${one}]`),
        fc.tuple(inner, inner).map(([key, value]) => `{${key}: ${value}, ?'k': ${value}}`),
        fc
          .tuple(group, fc.constantFrom('f', 'size', 'or'), inner)
          .map(([target, method, one]) => `${target}.${method}(${one})`),
        fc.array(inner, { maxLength: 2 }).map((args) => `f(${args.join(', ')})`),
        fc
          .tuple(group, fc.constantFrom('all', 'exists', 'exists_one', 'map', 'filter', 'sortBy'), name, inner)
          .map(([list, macro, variable, body]) => `${list}.${macro}(${variable}, ${body})`),
        fc.tuple(group, inner, inner).map(([list, filter, body]) => `${list}.map(e, ${filter}, ${body})`),
        fc
          .tuple(
            group,
            fc.constantFrom('all', 'exists', 'existsOne', 'transformList', 'transformMap', 'transformMapEntry'),
            inner,
          )
          .map(([list, macro, body]) => `${list}.${macro}(k, v, ${body})`),
        fc
          .tuple(group, fc.constantFrom('optMap', 'optFlatMap'), inner)
          .map(([target, macro, body]) => `${target}.${macro}(o, ${body})`),
        fc.tuple(inner, inner).map(([value, body]) => `cel.bind(v, ${value}, ${body})`),
        inner.map((one) => `pkg.Message{field: ${one}}`),
      ),
    };
  });
  return source;
}
