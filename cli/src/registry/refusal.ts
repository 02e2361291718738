import { z } from 'zod'
import type { HttpAnswer } from '../net/http-request.js'

const SHOWN_CHARACTERS = 300
/** Source: OCI distribution specification, error codes. */
const ErrorAnswer = z.object({ errors: z.array(z.object({ code: z.string().default(''), message: z.string().nullish() })).min(1) })
const UNITS: Readonly<Record<string, number>> = { k: 1024, m: 1024 ** 2, g: 1024 ** 3 }
/** "larger than 4.00MiB", "limit of 1048576 bytes": a size with its unit. */
const SIZE = /([0-9]+(?:\.[0-9]+)?)\s*(?:([kmg])i?b?|bytes?)\b/i
const TOO_LARGE = 'The registry, or a proxy in front of it, limits the size of requests: increase that limit (nginx: client_max_body_size)'

/** Describes an error response in one sentence without a full stop. Pure. */
export function refusalOf(answer: HttpAnswer): string {
  const text = messageOfAnswer(answer)
  return [`${answer.status}${text === '' ? '' : ` ${text}`}`, ...(answer.status === 413 ? [TOO_LARGE] : [])].join('. ')
}

/** Returns the size that the text of an error response names. Pure. */
export function statedBytes({ body }: HttpAnswer): number | undefined {
  const [, digits, unit] = SIZE.exec(body.toString('utf8', 0, 4096)) ?? []
  const sizeBytes = Math.floor(Number(digits) * (UNITS[unit?.toLowerCase() ?? ''] ?? 1))
  return digits === undefined || sizeBytes <= 0 ? undefined : sizeBytes
}

function messageOfAnswer({ headers, body }: HttpAnswer): string {
  const text = body.toString('utf8')
  const page = pageTitle(text)
  if (page !== undefined) return `${page} (web page${pageServer(text, String(headers.server ?? ''))} instead of a registry's answer)`
  const parsed = ErrorAnswer.safeParse(parseJson(text))
  const message = parsed.success ? parsed.data.errors.map(({ code, message: reason }) => reason || code).join('; ') : text
  return message.replaceAll(/\s+/g, ' ').trim().slice(0, SHOWN_CHARACTERS).replace(/\.$/, '')
}

function pageTitle(text: string): string | undefined {
  if (!/^\s*<(!doctype html|html)/i.test(text)) return undefined
  return (/<title>([^<]*)<\/title>/i.exec(text)?.[1] ?? '').replace(/^[0-9]{3} /, '').slice(0, SHOWN_CHARACTERS) || 'error'
}

function pageServer(text: string, server: string): string {
  const name = /\bnginx\b/i.test(text) ? 'nginx' : server
  return name === '' ? '' : ` of ${name}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
