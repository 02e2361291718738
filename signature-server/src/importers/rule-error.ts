/** How the compiler's process says that the rules are to blame; what Node itself ends with is another one. */
export const RULES_BROKEN_EXIT_CODE = 65

const MAX_CHARS = 400

/**
 * YARA-X's first complaint in one line: "line 3: unknown pattern `$b`". Pure.
 *
 * @param text "error[E025]: unknown pattern `$b`", " --> line:3:14", and a drawing.
 */
export function explainRuleError(text: string): string {
  const [, what = text.split('\n')[0] ?? ''] = /^(?:Error: )?error(?:\[\w+\])?: (.*)$/m.exec(text) ?? []
  const [, line] = /^\s*--> line:(\d+):\d+$/m.exec(text) ?? []
  return `${line === undefined ? '' : `line ${line}: `}${what}`.slice(0, MAX_CHARS)
}
