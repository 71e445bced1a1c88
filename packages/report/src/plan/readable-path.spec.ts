import { describe, expect, it } from 'vitest';
import { readablePath } from './readable-path.ts';

describe('readablePath', () => {
  it.each([
    ['/spec/replicas', 'spec.replicas'],
    ['/spec/template/spec/containers/0/image', 'spec.template.spec.containers[0].image'],
    ['/metadata/labels/app.kubernetes.io~1name', 'metadata.labels["app.kubernetes.io/name"]'],
    ['/data/a~01', 'data["a~1"]'],
    ['/data/config.yaml', 'data["config.yaml"]'],
    ['/a/01/', 'a["01"][""]'],
    ['/a-b/c_d', 'a-b.c_d'],
    ['', '(whole object)'],
  ])('reads %s as %s', (pointer, path) => {
    expect(readablePath(pointer)).toBe(path);
  });
});
