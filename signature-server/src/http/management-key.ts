import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { decodeText, GuardError, type Logger, messageOf } from '@guardimesh/kit'

/** Header with the user that a change is made for. */
const ACTOR_HEADER = 'guardimesh-actor'
/** As importedBy of SignatureImport. */
const ACTOR = /^[\x20-\x7e]{1,200}$/

/**
 * Requires the management key for a change, or to read the status and the custom signatures. Reads the key file for each request, so that a rotated key takes effect immediately.
 *
 * @returns the user that the change is made for; empty without the header.
 * @throws GuardError SCOPE_MISSING when no management key is configured, UNAUTHENTICATED for a missing or wrong key, BODY_INVALID for an
 * invalid user name.
 */
export function requireManagementKey(request: IncomingMessage, keyFile: string | undefined, log: Logger): string {
  const expected = readKey(keyFile, log)
  if (expected === '')
    throw new GuardError(
      'SCOPE_MISSING',
      'status and changes over HTTP are disabled: this signature server has no management key (MANAGEMENT_KEY_FILE); copy files to incoming/ instead',
    )
  const [, given = ''] = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '') ?? []
  // timingSafeEqual requires equal lengths, which digests have.
  if (!timingSafeEqual(digest(given), digest(expected)))
    throw new GuardError('UNAUTHENTICATED', 'send the management key of this signature server as "Authorization: Bearer …"')
  return actorOf(request)
}

function actorOf(request: IncomingMessage): string {
  const actor = String(request.headers[ACTOR_HEADER] ?? '').trim()
  if (actor === '' || ACTOR.test(actor)) return actor
  throw new GuardError('BODY_INVALID', `the header ${ACTOR_HEADER} must have at most 200 printable ASCII characters`)
}

function readKey(keyFile: string | undefined, log: Logger): string {
  if (keyFile === undefined) return ''
  try {
    return decodeText(readFileSync(keyFile)).trim()
  } catch (error) {
    log.error({ reason: messageOf(error) }, 'failed to read management key; status and changes over HTTP are disabled')
    return ''
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
