import { isApiErrorCode, Problem } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'

/** Converts an error response to an error with its code. @param keyAdvice what to do about a rejected key. Pure. */
export function problemError(status: number, body: unknown, url: URL, keyAdvice: string): Error {
  const problem = Problem.safeParse(body)
  if (!problem.success || !isApiErrorCode(problem.data.code)) return new CommandError(`${url.href} responded with status ${status}.`)
  const { code, detail } = problem.data
  const advice = status === 401 || status === 403 ? ` ${keyAdvice}` : ''
  return new GuardError(code, `${asSentence(detail)}${advice}`)
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}

/** Returns undefined if the body is not JSON. Pure. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
