import { library } from '../../function-declaration.ts';
import { opaqueType } from '../../type.ts';
import { CelError, CelOpaque } from '../../value.ts';
import {
  addQuantities,
  approximateFloat,
  compareQuantities,
  integerOf,
  negated,
  parseQuantity,
  type Quantity,
  quantityOf,
  signOf,
} from './quantity.ts';

const QUANTITY = opaqueType('kubernetes.Quantity');

/** A quantity as a value of CEL: equal to every other of the same amount (`quantity('1Ki') == quantity('1024')`). */
export class CelQuantity extends CelOpaque {
  readonly type = QUANTITY;
  readonly amount: Quantity;

  constructor(amount: Quantity) {
    super();
    this.amount = amount;
  }

  equals(other: CelOpaque): boolean {
    return other instanceof CelQuantity && compareQuantities(this.amount, other.amount) === 0;
  }
}

function sum(a: Quantity, b: Quantity): CelQuantity | CelError {
  const amount = addQuantities(a, b);
  return amount ? new CelQuantity(amount) : new CelError('the two quantities are too far apart to be added exactly');
}

/** Kubernetes' quantity library (apiserver, pkg/cel/library/quantity.go). */
export const quantityLibrary = library('kubernetes.quantity', {
  types: { Quantity: { type: QUANTITY, class: CelQuantity } },
  functions: {
    'quantity(string): Quantity': {
      evaluate: (text) => {
        const result = parseQuantity(text);
        return result.kind === 'parsed' ? new CelQuantity(result.value) : new CelError(result.reason);
      },
      cost: (text) => text.length / 16,
    },
    'isQuantity(string): bool': {
      evaluate: (text) => parseQuantity(text).kind === 'parsed',
      cost: (text) => text.length / 16,
    },
    // Kubernetes declares it as a function by mistake, so that only the method form compiles nowhere (quantity.go).
    'sign(Quantity): int': (quantity) => BigInt(signOf(quantity.amount)),
    'Quantity.isGreaterThan(Quantity): bool': (a, b) => compareQuantities(a.amount, b.amount) > 0,
    'Quantity.isLessThan(Quantity): bool': (a, b) => compareQuantities(a.amount, b.amount) < 0,
    'Quantity.compareTo(Quantity): int': (a, b) => BigInt(compareQuantities(a.amount, b.amount)),
    'Quantity.isInteger(): bool': (quantity) => integerOf(quantity.amount) !== undefined,
    'Quantity.asInteger(): int': (quantity) =>
      integerOf(quantity.amount) ?? new CelError('cannot convert the quantity to an integer'),
    'Quantity.asApproximateFloat(): double': (quantity) => approximateFloat(quantity.amount),
    'Quantity.add(Quantity): Quantity': (a, b) => sum(a.amount, b.amount),
    'Quantity.add(int): Quantity': (a, b) => sum(a.amount, quantityOf(b)),
    'Quantity.sub(Quantity): Quantity': (a, b) => sum(a.amount, negated(b.amount)),
    'Quantity.sub(int): Quantity': (a, b) => sum(a.amount, quantityOf(-b)),
  },
});
