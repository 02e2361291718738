/**
 * Converts a name of an ordered list to its number on the wire. Numbers start at 1; 0 means "not set". Pure.
 */
export function toWireNumber<Name extends string>(names: readonly Name[], name: Name): number {
  return names.indexOf(name) + 1
}

/** Converts a number on the wire to its name; undefined for 0 and for unknown numbers. Pure. */
export function fromWireNumber<Name extends string>(names: readonly Name[], wireNumber: number | null | undefined): Name | undefined {
  return wireNumber ? names[wireNumber - 1] : undefined
}
