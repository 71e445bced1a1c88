import type { FunctionLibrary } from '../function-declaration.ts';
import { conversions } from './conversions.ts';
import { optionalFunctions } from './optional-functions.ts';
import { textFunctions } from './text-functions.ts';
import { timeFunctions } from './time-functions.ts';

/** What every environment has: CEL's own functions, and optional values. */
export const STANDARD_LIBRARY: readonly FunctionLibrary[] = [
  textFunctions,
  conversions,
  timeFunctions,
  optionalFunctions,
];
