/** Result of a check. */
export interface CheckResult {
  /** Subject of the check, in two or three words. */
  readonly name: string
  readonly status: 'ok' | 'warn' | 'fail'
  /** Observed state. */
  readonly message: string
  /** Action to take; present unless the check passed. */
  readonly advice?: string
}

export function ok(name: string, message: string): CheckResult {
  return { name, status: 'ok', message }
}

export function warn(name: string, message: string, advice: string): CheckResult {
  return { name, status: 'warn', message, advice }
}

export function fail(name: string, message: string, advice: string): CheckResult {
  return { name, status: 'fail', message, advice }
}

/** Version with openat2, which opens files of containers safely; other requirements are older. Source: scanner/src/node/kernel.ts */
export const KERNEL_NEEDED = [5, 6] as const
/** Reason for the required kernel version. */
export const KERNEL_REASON = `The scanner opens containers' files with openat2, which requires Linux ${KERNEL_NEEDED.join('.')}.`

const MARKS = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL' } as const

/** Formats results: one line each, and a second one with the advice. Pure. */
export function describeResults(results: readonly CheckResult[]): string[] {
  const width = Math.max(...results.map(({ name }) => name.length))
  const lines = results.flatMap(({ name, status, message, advice }) => [
    `${MARKS[status]}  ${name.padEnd(width)}  ${message}`,
    ...(advice === undefined ? [] : [`${' '.repeat(width + 8)}-> ${advice}`]),
  ])
  const count = (status: CheckResult['status']) => results.filter((result) => result.status === status).length
  return [...lines, '', `${count('fail')} failed, ${count('warn')} warnings, ${count('ok')} ok`]
}

/** Whether a release such as "5.10.0-21-amd64" is at least [4, 20]. Pure. @returns undefined when it does not begin with a version. */
export function isAtLeast(release: string, [major, minor]: readonly [number, number]): boolean | undefined {
  const [, foundMajor, foundMinor] = /^v?(\d+)\.(\d+)/.exec(release) ?? []
  if (foundMajor === undefined || foundMinor === undefined) return undefined
  return Number(foundMajor) > major || (Number(foundMajor) === major && Number(foundMinor) >= minor)
}
