import { describe, expect, it } from 'vitest';
import type { Traced } from '../provenance/traced.ts';
import { memoryStore } from '../store/memory-store.ts';
import type { Store } from '../store/store.ts';
import { renderYaml } from './render-yaml.ts';
import { parseTemplate } from './template.ts';
import { contextOf } from './testing/render-literal.ts';

/** A store that counts what is put into it. */
function counted(): Store & { readonly keys: string[] } {
  const store = memoryStore();
  const keys: string[] = [];
  return {
    keys,
    get: (key) => store.get(key),
    set(key, value) {
      keys.push(key);
      store.set(key, value);
    },
  };
}

/** Nodes with their origins, or what is wrong: all that anybody can see of a render. */
function seen(text: string, context: Traced, store?: Store, path = 't.yaml') {
  const kept = store && { store, id: text };
  const { template, findings } = parseTemplate({ path, text, mode: 'yaml', kept });
  if (template === undefined) return { findings };
  const { documents, findings: wrong } = renderYaml(template, context, 'c@1.0.0');
  return { documents, findings: wrong };
}

const value = contextOf({ on: true, list: ['a', 'b'], name: 'checkout', map: { x: 1 }, text: '1' });
const templates: readonly (readonly [string, string])[] = [
  [
    'values and texts',
    'a: {{yaml name}}\nb: "x-{{yaml name}}"\nc: |\n  {{yaml text}}\n  more\nd: [1, 1.5, true, null, ~, ""]\n',
  ],
  ['blocks', 'a: 1\n{{#if on}}\nb: {{yaml map}}\n{{else}}\nc: 2\n{{/if}}\n'],
  ['a loop', 'list:\n{{#each list}}\n  - name: {{yaml this}}\n{{/each}}\n'],
  ['documents', '{{#each list}}\n---\nname: {{yaml this}}\n{{/each}}\n---\n'],
  ['keys', '{{yaml name}}: 1\nb: {}\n'],
  ['numbers that JSON has not', 'a: .inf\nb: -.inf\nc: -0\nd: .nan\n'],
  ['an alias', 'a: &a 1\nb: *a\n'],
  ['what is no YAML', 'a: [\n'],
  ['what is no template', 'a: {{yaml\n'],
  ['a value that is not there', 'a: {{yaml nothing}}\n'],
];

describe('a template whose parsed form an earlier run kept', () => {
  it.each(templates)('renders what it does without: %s', (_, text) => {
    const store = counted();
    const without = seen(text, value);
    expect(seen(text, value, store)).toEqual(without);
    const first = [...store.keys];
    expect(seen(text, value, store)).toEqual(without);
    // What could not be kept is parsed again, and that is all.
    expect(store.keys).toEqual(first);
    expect(seen(text, value, store, 'other.yaml')).toEqual(seen(text, value, undefined, 'other.yaml'));
  });

  it('is parsed once for each way through it', () => {
    const store = counted();
    const text = '{{#if on}}\na: 1\n{{else}}\nb: 2\n{{/if}}\n';
    for (const on of [true, false, true, false]) {
      const context = contextOf({ on });
      expect(seen(text, context, store)).toEqual(seen(text, context));
    }
    expect(store.keys.map((key) => key.split('@')[0])).toEqual(['template', 'shapes', 'shapes']);
  });
});
