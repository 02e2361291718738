/** What a check found. */
export interface CheckResult {
  /** What was looked at, in two or three words. */
  readonly name: string
  readonly status: 'ok' | 'warn' | 'fail'
  /** What is. */
  readonly message: string
  /** What to do; always there unless it is ok. */
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

/** openat2, by which a container's files are opened safely. What else is needed of the kernel is older. Source: scanner/src/node/kernel.ts */
export const KERNEL_NEEDED = [5, 6] as const
/** Why, for a person. */
export const KERNEL_REASON = `The scanner opens containers' files with openat2, which came with Linux ${KERNEL_NEEDED.join('.')}.`

const MARKS = { ok: 'ok  ', warn: 'WARN', fail: 'FAIL' } as const

/** Results for people: one line each, and a second one with what to do. Pure. */
export function describeResults(results: readonly CheckResult[]): string {
  const width = Math.max(...results.map(({ name }) => name.length))
  const lines = results.flatMap(({ name, status, message, advice }) => [
    `${MARKS[status]}  ${name.padEnd(width)}  ${message}`,
    ...(advice === undefined ? [] : [`${' '.repeat(width + 8)}-> ${advice}`]),
  ])
  const count = (status: CheckResult['status']) => results.filter((result) => result.status === status).length
  return `${lines.join('\n')}\n\n${count('fail')} failed, ${count('warn')} to look at, ${count('ok')} ok\n`
}

/** "5.10.0-21-amd64" is at least [4, 20]. Pure. @returns undefined when it begins with no version. */
export function isAtLeast(release: string, [major, minor]: readonly [number, number]): boolean | undefined {
  const [, foundMajor, foundMinor] = /^v?(\d+)\.(\d+)/.exec(release) ?? []
  if (foundMajor === undefined || foundMinor === undefined) return undefined
  return Number(foundMajor) > major || (Number(foundMajor) === major && Number(foundMinor) >= minor)
}
