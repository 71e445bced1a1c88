import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parsePointer, pointerText } from './pointer.ts';

it.each([
  [[], ''],
  [['foo', 0], '/foo/0'],
  [[''], '/'],
  [['a/b'], '/a~1b'],
  [['m~n'], '/m~0n'],
  [['~1'], '/~01'],
  [[' ', 'c%d', 'i\\j', 'k"l'], '/ /c%d/i\\j/k"l'],
])('%j is %s (RFC 6901, section 5)', (pointer, text) => {
  expect(pointerText(pointer)).toBe(text);
  expect(parsePointer(text)).toEqual(pointer.map(String));
});

it('comes back from its text', () => {
  const segment = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('~', '/', '0', '1') }));
  fc.assert(
    fc.property(fc.array(segment), (pointer) => {
      expect(parsePointer(pointerText(pointer))).toEqual(pointer);
    }),
  );
});
