import { describe, expect, it, vi } from 'vitest';
import { examplePlatform } from '../testing/example-platform.ts';
import { evaluatePlatform } from './evaluate-platform.ts';
import { loadPlatform } from './load-platform.ts';

const events = vi.hoisted(() => ({ read: 0 }));
vi.mock('js-yaml', async (original) => {
  const yaml = await original<typeof import('js-yaml')>();
  return {
    ...yaml,
    parseEvents: (...args: Parameters<typeof yaml.parseEvents>) => {
      events.read += 1;
      return yaml.parseEvents(...args);
    },
  };
});

/** How many files were read once more for the places of their values. */
function filesLocated(files: Parameters<typeof examplePlatform>[0] = {}): number {
  const snapshot = examplePlatform(files);
  events.read = 0;
  evaluatePlatform(loadPlatform(snapshot));
  return events.read;
}

describe('the exact path', () => {
  it('is not taken when there is nothing to report, but for the outputs of capabilities', () => {
    // An output is a template within capability.yaml: its place is asked for when it is parsed.
    const capabilities = ['database'];
    expect(filesLocated()).toBeLessThanOrEqual(capabilities.length);
  });

  it('is taken once for a file, however much there is to report in it', () => {
    const broken = (lines: readonly string[]) => ({
      'catalog/broken.yaml': lines
        .map(
          (name) => `apiVersion: backstage.io/v1alpha1
kind: System
metadata: { name: ${name} }
spec: { owner: nobody-${name} }
`,
        )
        .join('---\n'),
    });
    expect(filesLocated(broken(['a', 'b', 'c', 'd']))).toBe(filesLocated(broken(['a'])));
  });
});
