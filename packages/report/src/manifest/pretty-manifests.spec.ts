import { describe, expect, it } from 'vitest';
import { prettyManifests } from './pretty-manifests.ts';

describe('prettyManifests', () => {
  it('is one stream with the path of each manifest above it', async () => {
    await expect(
      prettyManifests([
        {
          path: 'manifests/eu/checkout/checkout/deployment.apps-checkout.yaml',
          content: 'apiVersion: apps/v1\nkind: Deployment\n',
        },
        { path: 'manifests/eu/checkout/checkout/service-checkout.yaml', content: 'apiVersion: v1\nkind: Service' },
      ]),
    ).toMatchFileSnapshot('./__golden__/manifests.txt');
  });

  it('lets no path leave its comment and no content speak to the terminal', () => {
    expect(prettyManifests([{ path: 'a\nkind: Evil', content: 'x: \u001b[2J\n\ty\n' }])).toBe(
      '# a\\nkind: Evil\nx: \\u001b[2J\n\ty\n',
    );
  });

  it('prints nothing for no manifests', () => {
    expect(prettyManifests([])).toBe('');
  });
});
