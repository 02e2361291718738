/** Encodes a number as white space, which the EICAR specification allows after the string. Pure. */
export function encodeAsWhiteSpace(number: number): string {
  return [...number.toString(2)].map((bit) => (bit === '1' ? '\t' : ' ')).join('')
}
