import type { Environment } from '@marcbachmann/cel-js';
import { Quantity } from '../quantity.ts';

/** Kubernetes' quantity library (`quantity('1Gi').isLessThan(quantity('2Gi'))`). */
export function registerQuantity(engine: Environment): void {
  const sync = { async: false };
  engine.registerType('Quantity', Quantity);
  engine.registerFunction('quantity(string): Quantity', (text: string) => Quantity.parse(text), sync);
  engine.registerFunction('isQuantity(string): bool', (text: string) => Quantity.isQuantity(text), sync);
  engine.registerFunction(
    'Quantity.isGreaterThan(Quantity): bool',
    (a: Quantity, b: Quantity) => a.nano > b.nano,
    sync,
  );
  engine.registerFunction('Quantity.isLessThan(Quantity): bool', (a: Quantity, b: Quantity) => a.nano < b.nano, sync);
  engine.registerFunction(
    'Quantity.compareTo(Quantity): int',
    (a: Quantity, b: Quantity) => (a.nano < b.nano ? -1n : a.nano > b.nano ? 1n : 0n),
    sync,
  );
  engine.registerFunction('Quantity.add(Quantity): Quantity', (a: Quantity, b: Quantity) => a.plus(b.nano), sync);
  engine.registerFunction('Quantity.sub(Quantity): Quantity', (a: Quantity, b: Quantity) => a.plus(-b.nano), sync);
  engine.registerFunction('Quantity.sign(): int', (a: Quantity) => (a.nano > 0n ? 1n : a.nano < 0n ? -1n : 0n), sync);
  engine.registerFunction('Quantity.isInteger(): bool', (a: Quantity) => a.integer() !== undefined, sync);
  engine.registerFunction('Quantity.asInteger(): int', asInteger, sync);
  engine.registerFunction('Quantity.asApproximateFloat(): double', (a: Quantity) => Number(a.nano) / 1e9, sync);
  engine.registerOperator('Quantity == Quantity', (a: Quantity, b: Quantity) => a.nano === b.nano);
}

function asInteger(quantity: Quantity): bigint {
  const integer = quantity.integer();
  if (integer === undefined) throw new Error('asInteger(): the quantity is not a whole number');
  return integer;
}
