/**
 * Turns a name of an ordered list into its number on the wire, and back. Numbers start at 1; 0 means "not set".
 * Pure.
 */
export function toWireNumber<Name extends string>(names: readonly Name[], name: Name): number {
  return names.indexOf(name) + 1
}

/** @returns undefined for 0 and for a number that this version does not know. */
export function fromWireNumber<Name extends string>(names: readonly Name[], wireNumber: number | null | undefined): Name | undefined {
  return wireNumber ? names[wireNumber - 1] : undefined
}
