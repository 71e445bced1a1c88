import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { foreignCatalog } from './testing/foreign-catalog.ts';
import { platformRepository, temporaryFolder, threeServices } from './testing/platform-repository.ts';
import { callBin } from './testing/run-bin.ts';

interface JsonEntity {
  readonly ref: string;
  readonly owner?: string;
  readonly system?: string;
  readonly path: string;
  readonly derived: boolean;
}

async function repositoryOf(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await temporaryFolder();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  await promisify(execFile)('git', ['init', '--quiet'], { cwd: root });
  return root;
}

describe("somebody else's Backstage repository", () => {
  it('is read as it is, and told what there is to tell', async () => {
    const root = await repositoryOf(foreignCatalog);
    const validated = await callBin(root, ['validate', '--format=json']);
    const { findings, summary } = JSON.parse(validated.stdout) as {
      findings: readonly { severity: string; code: string; path: string; line: number }[];
      summary: Record<string, number>;
    };
    expect(findings.map(({ severity, code, path, line }) => `${severity} ${code} ${path}:${line}`)).toEqual([
      'info catalog/not-read catalog-info.yaml:12',
      'info catalog/not-read model/apis/all.yaml:23',
      'warning catalog/owned-by-a-group model/components/calibration.yaml:8',
      'warning catalog/unknown-field model/org/guests.yaml:7',
      'info catalog/not-read templates/instrument/skeleton/catalog-info.yaml:5',
    ]);
    expect({ code: validated.code, entities: summary['entities'] }).toEqual({ code: 0, entities: 22 });
    expect(validated.stderr).toBe('');
  });

  it('has its relations, through all locations and short references', async () => {
    const root = await repositoryOf(foreignCatalog);
    const { stdout, code } = await callBin(root, ['catalog', 'api:images']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `api:default/images
type openapi, lifecycle production
model/apis/all.yaml:4

relation       entity
-------------  -----------------------------
ownedBy        group:default/astronomers
partOf         system:default/surveys
apiProvidedBy  component:default/ingest
apiConsumedBy  component:default/calibration
               component:default/viewer

3 places of the catalog were not read: \`idp validate\` names them
`,
    });
  });
});

describe('idp catalog', () => {
  it('lists what was written and what is derived, filters it, and refuses what matches nothing', async () => {
    const platform = await platformRepository(threeServices);
    const listed = async (...args: readonly string[]): Promise<readonly JsonEntity[]> =>
      JSON.parse((await platform.idp('catalog', ...args, '--format=json')).stdout).entities;

    const mine = await listed('--kind=component,resource', '--owner=team-payments');
    expect(mine.map(({ ref, path, derived }) => `${derived ? '*' : ' '} ${path} ${ref}`)).toEqual([
      '  services/invoices/catalog-info.yaml component:default/invoices',
      '  services/payments/catalog-info.yaml component:default/payments',
      expect.stringMatching(/^\* services\/invoices\/score.yaml resource:default\/invoices-db-/),
      expect.stringMatching(/^\* services\/payments\/score.yaml resource:default\/payments-db-/),
    ]);
    expect(mine[2]).toMatchObject({ owner: 'group:default/team-payments', system: 'system:default/billing' });

    const shown = await platform.idp('catalog', 'invoices');
    expect(shown.stdout).toMatch(
      /dependsOn +component:default\/payments\n +resource:default\/invoices-db-\S+ +db of invoices, derived/,
    );

    for (const [args, message] of [
      [['catalog', 'invoics'], 'did you mean "invoices"?'],
      [['catalog', 'component:defalt/invoices'], 'did you mean "component:default/invoices"?'],
      [['catalog', 'a:b:c'], '"a:b:c" is not a reference'],
      [['catalog', '--owner=team-paymets'], 'did you mean "team-payments"?'],
      [['catalog', '--kind=template'], 'no entity is of this kind'],
      [['catalog', '--kind=componnet'], 'which is not allowed'],
    ] as const) {
      const refused = await platform.idp(...args);
      expect({ args, code: refused.code, stdout: refused.stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(refused.stderr).toContain(message);
    }
  });

  it('says that it may not be whole', async () => {
    const platform = await platformRepository(threeServices);
    await platform.write('catalog/broken.yaml', 'kind: [');
    const { stdout, code } = await platform.idp('catalog', '--kind=group');
    expect(code).toBe(0);
    expect(stdout).toContain('The repository has 1 error: `idp validate` shows what may be missing here');
  });
});
