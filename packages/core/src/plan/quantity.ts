import type { Json } from '../json/json.ts';

const factors: Readonly<Record<string, number>> = {
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

/** A number, or a quantity as Kubernetes writes them: `10Gi`, `500m` (API reference, Quantity); else `undefined`. */
export function quantityOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return value;
  const [, digits, unit = ''] =
    (typeof value === 'string' && /^(\d+(?:\.\d+)?)(m|k|[KMGTP]i|[MGTP])?$/.exec(value)) || [];
  return digits === undefined ? undefined : Number(digits) * (factors[unit] ?? Number.NaN);
}
