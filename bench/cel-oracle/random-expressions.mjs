/**
 * Expressions of all kinds in each other over one object, that look random and are the same on every run; some are wrong, as people's
 * are.
 *
 * @param random a whole number below the one that it is given
 */
export function* randomExpressions(random, count) {
  const variables = [];
  const pick = (...choices) => choices[random(choices.length)];
  /** A loop's variable, which the expressions inside of it may use. */
  const withVar = (write) => {
    const name = `v${variables.length}`;
    variables.push(name);
    const text = write(name);
    variables.pop();
    return text;
  };
  const G = {
    bool: (d) =>
      d <= 0
        ? pick(
            'true',
            'false',
            'object.b',
            'object.m.missing',
            'object.nil == null',
            `has(object.${field()})`,
            ...variables.map((v) => `${v} == ${v}`),
          )
        : pick(
            () => `${g('bool', d)} && ${g('bool', d)}`,
            () => `${g('bool', d)} || ${g('bool', d)}`,
            () => `!(${g('bool', d)})`,
            () => `(${g('bool', d)})`,
            () => `${g(...any2(d))}`,
            () => cmp(d),
            () => cmp(d),
            () => `${g('dyn', d)} in ${g('list', d)}`,
            () => `${g('string', d)} in ${g('map', d)}`,
            () => withVar((v) => `${g('list', d)}.${pick('all', 'exists', 'exists_one')}(${v}, ${g('bool', d)})`),
            () => withVar((v) => `${g('map', d)}.${pick('all', 'exists', 'exists_one')}(${v}, ${g('bool', d)})`),
            () =>
              withVar((v) =>
                withVar(
                  (w) =>
                    `${g(pick('map', 'list'), d)}.${pick('all', 'exists', 'existsOne')}(${v}, ${w}, ${g('bool', d)})`,
                ),
              ),
            () => `${g('string', d)}.${pick('startsWith', 'endsWith', 'contains', 'matches')}(${g('string', d)})`,
            () => `${g('bool', d)} ? ${g('bool', d)} : ${g('bool', d)}`,
            () => `has(${path()}.${field()})`,
            () => `${path()}.?${field()}.hasValue()`,
            () => `${path()}.?${field()}.orValue(${g('dyn', d)}) == ${g('dyn', d)}`,
            () => `object[?'${field()}'].hasValue()`,
            () =>
              `type(${g('dyn', d)}) == ${pick('int', 'string', 'bool', 'list', 'map', 'null_type', 'double', 'type')}`,
            () => `${g('optional', d)}.hasValue()`,
            () => `quantity(${pick("'1'", "'500m'", g('string', d))}).isLessThan(quantity('1'))`,
          )(),
    int: (d) =>
      d <= 0
        ? pick(
            '0',
            '1',
            '-1',
            '7',
            'object.i',
            'object.z',
            'object.spec.replicas',
            'object.f',
            '9223372036854775807',
            ...variables,
          )
        : pick(
            () => `${g('int', d)} ${pick('+', '-', '*', '/', '%')} ${g('int', d)}`,
            () => `(${g('int', d)})`,
            () => `-(${g('int', d)})`,
            () => `size(${g(pick('string', 'list', 'map'), d)})`,
            () => `${g('string', d)}.size()`,
            () => `int(${g(pick('string', 'double', 'dyn'), d)})`,
            () => `${g('bool', d)} ? ${g('int', d)} : ${g('int', d)}`,
            () => `${g('list', d)}[${g('int', d)}]`,
            () => `${g('list', d)}.indexOf(${g('dyn', d)})`,
            () => `${g('list', d)}.${pick('sum', 'min', 'max')}()`,
            () => `${g('optional', d)}.orValue(${g('int', d)})`,
            () => `${g('string', d)}.indexOf(${g('string', d)})`,
          )(),
    double: (d) =>
      d <= 0
        ? pick('1.5', '0.0', '-2.0', 'object.f')
        : pick(
            () => `${g('double', d)} ${pick('+', '-', '*', '/')} ${g('double', d)}`,
            () => `double(${g(pick('int', 'string'), d)})`,
            () => `-${g('double', 0)}`,
          )(),
    string: (d) =>
      d <= 0
        ? pick(
            "'a'",
            "''",
            "'hello'",
            'object.s',
            'object.metadata.name',
            'object.m.k',
            "'1'",
            'object.metadata.labels.app',
            'object.i',
            ...variables,
          )
        : pick(
            () => `${g('string', d)} + ${g('string', d)}`,
            () => `string(${g('dyn', d)})`,
            () => `${g('bool', d)} ? ${g('string', d)} : ${g('string', d)}`,
            () => `${g('string', d)}.${pick('lowerAscii', 'upperAscii', 'trim')}()`,
            () => `${g('list', d)}.map(x, string(x)).join(${g('string', d)})`,
            () => `${g('string', d)}.replace(${g('string', d)}, ${g('string', d)})`,
            () => `${g('string', d)}.substring(${pick('0', '1', '2')})`,
            () => `${g('string', d)}.split(${g('string', d)})[0]`,
            () => `${g('map', d)}[${g('string', d)}]`,
            () => `'%s-%s'.format([${g('dyn', d)}, ${g('dyn', d)}])`,
            () => `${path()}.?${field()}.orValue(${g('string', d)})`,
          )(),
    list: (d) =>
      d <= 0
        ? pick(
            'object.l',
            'object.ls',
            'object.le',
            'object.mixed',
            'object.spec.containers',
            '[1, 2, 3]',
            "['a', 'b']",
            '[]',
            'object.s',
            ...variables,
          )
        : pick(
            () => `${g('list', d)} + ${g('list', d)}`,
            () => `[${g('int', d)}, ${g('int', d)}]`,
            () => `[${g('string', d)}]`,
            () => withVar((v) => `${g(pick('list', 'map'), d)}.filter(${v}, ${g('bool', d)})`),
            () => withVar((v) => `${g(pick('list', 'map'), d)}.map(${v}, ${g(pick('int', 'string', 'dyn'), d)})`),
            () => withVar((v) => `${g('list', d)}.map(${v}, ${g('bool', d)}, ${g('dyn', d)})`),
            () =>
              withVar((v) => withVar((w) => `${g(pick('list', 'map'), d)}.transformList(${v}, ${w}, ${g('dyn', d)})`)),
            () => `${g('bool', d)} ? ${g('list', d)} : ${g('list', d)}`,
            () => `${g('list', d)}.sort()`,
            () => `${g('list', d)}.distinct()`,
            () => `[?${g('optional', d)}]`,
            () => `${g('list', d)}.slice(0, 1)`,
            () => `${g('list', d)}.reverse()`,
            () => `${path()}.?${field()}.orValue([])`,
          )(),
    map: (d) =>
      d <= 0
        ? pick('object', 'object.m', 'object.me', 'object.metadata.labels', "{'a': 1}", '{}', ...variables)
        : pick(
            () => `{${g('string', d)}: ${g('dyn', d)}}`,
            () => `{?'k': ${g('optional', d)}}`,
            () =>
              withVar((v) => withVar((w) => `${g(pick('list', 'map'), d)}.transformMap(${v}, ${w}, ${g('dyn', d)})`)),
            () => `${g('bool', d)} ? ${g('map', d)} : ${g('map', d)}`,
            () => `${g('list', d)}[0]`,
          )(),
    optional: (d) =>
      pick(
        () => `${path()}.?${field()}`,
        () => `object[?${g('string', Math.min(d, 0))}]`,
        () => `optional.of(${g('dyn', d - 1)})`,
        () => 'optional.none()',
        () => `optional.ofNonZeroValue(${g('dyn', d - 1)})`,
        () => `${g('list', d - 1)}[?${g('int', 0)}]`,
        () => withVar((v) => `${path()}.?${field()}.optMap(${v}, ${g('dyn', d - 1)})`),
        () => `${g('list', d - 1)}.first()`,
        () => `${path()}.?${field()}.or(${path()}.?${field()})`,
      )(),
    dyn: (d) =>
      d <= 0
        ? pick('1', "'a'", 'true', 'null', '1.5', '2u', `object.${field()}`, ...variables)
        : g(pick('int', 'string', 'bool', 'double', 'list', 'map', 'optional'), d),
  };
  const fields = [
    'i',
    'z',
    's',
    'e',
    'b',
    'nil',
    'l',
    'ls',
    'm',
    'me',
    'metadata',
    'spec',
    'missing',
    'name',
    'labels',
    'k',
    'containers',
    'replicas',
    'f',
    'mixed',
  ];
  const field = () => pick(...fields);
  const path = () =>
    pick(
      'object',
      'object.metadata',
      'object.m',
      'object.spec',
      'object.spec.containers[0]',
      'object.spec.containers[1].securityContext',
      'object.nil',
      'object.missing',
      'object.?spec',
      'object.s',
      'object.i',
      'object.l',
      'object.metadata.?labels',
      ...variables,
    );
  const any2 = (d) => ['dyn2', d];
  G.dyn2 = (d) => {
    const t = pick('int', 'string', 'list', 'map', 'double', 'dyn', 'bool', 'optional');
    return `${g(t, d)} ${pick('==', '!=')} ${g(pick(t, 'dyn'), d)}`;
  };
  const cmp = (d) => {
    const t = pick('int', 'string', 'double', 'dyn');
    return `${g(t, d)} ${pick('<', '<=', '>', '>=')} ${g(pick(t, t, 'dyn'), d)}`;
  };
  const g = (t, d) => G[t](random(3) === 0 ? 0 : d - 1);

  const seen = new Set();
  const kinds = ['bool', 'bool', 'bool', 'string', 'int', 'list', 'map', 'dyn', 'optional'];
  while (seen.size < count) {
    const expression = g(pick(...kinds), 3 + random(2));
    if (expression.length > 200 || seen.has(expression)) continue;
    seen.add(expression);
    yield expression;
  }
}
