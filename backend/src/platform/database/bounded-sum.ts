/**
 * Returns SQL of a sum that is limited to 2^53 - 1: nodes report counts up to that, and a thousand of those overflow a bigint.
 * `coalesce` makes the sum of no rows 0; otherwise `least` would skip NULL and return the limit. Pure.
 */
export function boundedSum(expression: string): string {
  return `least(coalesce(sum(${expression}), 0), ${Number.MAX_SAFE_INTEGER})::bigint`
}
