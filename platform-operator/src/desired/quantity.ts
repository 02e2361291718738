const UNITS: Readonly<Record<string, number>> = {
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
}

/** Parses a quantity such as "20Gi" to bytes; NaN if it is invalid. Pure. */
export function quantityBytes(quantity: string): number {
  const [, number, unit] = /^([0-9.]+)([kMGTP]i?|Ki)?$/.exec(quantity) ?? []
  return Number(number) * (UNITS[unit ?? ''] ?? Number.NaN)
}

/** Returns the larger of two quantities, unchanged. Pure. */
export function largerQuantity(one: string, other: string | undefined): string {
  return other !== undefined && quantityBytes(other) > quantityBytes(one) ? other : one
}
