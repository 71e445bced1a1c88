import { describe, expect, it } from 'vitest';
import { main } from './service.ts';

describe('main of service.cjs', () => {
  it.each(['--help', 'checkout -h', 'checkout --ownr=team-data', 'checkout ledger', 'checkout --owner'])(
    'leaves %j to the whole bin, and says nothing',
    async (line) => {
      expect(await main(['g', 'service', ...line.split(' ')])).toBeUndefined();
    },
  );
});
