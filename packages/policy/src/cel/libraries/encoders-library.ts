import { library } from '../function-declaration.ts';
import { CelError } from '../value.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';

/** cel-go's encoders library (ext/encoders.go). */
export const encodersLibrary = library('cel.lib.ext.encoders', {
  functions: {
    'base64.encode(bytes): string': { evaluate: encodeBase64, cost: (bytes) => bytes.length / 8 },
    'base64.decode(string): bytes': {
      evaluate: (text) => decodeBase64(text) ?? new CelError('base64.decode(): the text is not base64'),
      cost: (text) => text.length / 8,
    },
  },
});
