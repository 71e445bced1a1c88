import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blobParser } from './blob-parser.ts';

const oidOf = (index: number) => String(index).padStart(40, '0');

it('finds the same blobs wherever the stream is cut', () => {
  const blob = fc.option(fc.uint8Array({ maxLength: 40 }), { nil: undefined });
  fc.assert(
    fc.property(fc.array(blob), fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), (blobs, sizes) => {
      const stream = Buffer.concat(
        blobs.flatMap((bytes, index) =>
          bytes === undefined
            ? [Buffer.from(`${oidOf(index)} missing\n`)]
            : [Buffer.from(`${oidOf(index)} blob ${bytes.length}\n`), bytes, Buffer.from('\n')],
        ),
      );
      const found: [string, number[] | undefined][] = [];
      const parser = blobParser((oid, bytes) => found.push([oid, bytes && [...bytes]]));
      let turn = 0;
      for (let at = 0; at < stream.length; ) {
        const size = sizes[turn++ % sizes.length] ?? 1;
        parser.push(stream.subarray(at, at + size));
        at += size;
      }
      expect(found).toEqual(blobs.map((bytes, index) => [oidOf(index), bytes && [...bytes]]));
    }),
  );
});
