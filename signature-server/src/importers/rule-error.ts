/** Exit code of the compiler process for invalid rules; different from the exit codes of Node itself. */
export const RULES_INVALID_EXIT_CODE = 65

const MAX_CHARS = 400

/**
 * Returns the first error of YARA-X in one line: "line 3: unknown pattern `$b`". Pure.
 *
 * @param text YARA-X's message: "error[E025]: unknown pattern `$b`", " --> line:3:14", and an excerpt of the source.
 */
export function explainRuleError(text: string): string {
  const [, what = text.split('\n')[0] ?? ''] = /^(?:Error: )?error(?:\[\w+\])?: (.*)$/m.exec(text) ?? []
  const [, line] = /^\s*--> line:(\d+):\d+$/m.exec(text) ?? []
  return `${line === undefined ? '' : `line ${line}: `}${what}`.slice(0, MAX_CHARS)
}
