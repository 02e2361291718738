/**
 * SQL of a sum that cannot leave the exact numbers: nodes report counts of up to 2^53 - 1, and a thousand of those overflow a bigint.
 * The sum of no rows is 0; without that, "least" would skip its NULL and give the bound. Pure.
 */
export function boundedSum(expression: string): string {
  return `least(coalesce(sum(${expression}), 0), ${Number.MAX_SAFE_INTEGER})::bigint`
}
