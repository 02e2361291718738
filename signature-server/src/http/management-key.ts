import { createHash, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { GuardError, type Logger, messageOf } from '@guardimesh/kit'

/** Says who a change is for. */
const ACTOR_HEADER = 'guardimesh-actor'
/** As importedBy of SignatureImport. */
const ACTOR = /^[\x20-\x7e]{1,200}$/

/**
 * Lets a request change something when it carries the management key. Its file is read for each such request: a key that was replaced counts
 * at once.
 *
 * @returns who it is for; empty when it does not say.
 * @throws GuardError SCOPE_MISSING when nobody may change anything over HTTP, UNAUTHENTICATED without the key, BODY_INVALID for a name
 * that cannot be shown.
 */
export function requireManagementKey(request: IncomingMessage, keyFile: string | undefined, log: Logger): string {
  const expected = readKey(keyFile, log)
  if (expected === '')
    throw new GuardError(
      'SCOPE_MISSING',
      'nothing can be changed over HTTP: this signature server has no management key (MANAGEMENT_KEY_FILE); put files into incoming/ instead',
    )
  const [, given = ''] = /^Bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '') ?? []
  // Digests have one length, whatever was sent.
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
    return readFileSync(keyFile, 'utf8').trim()
  } catch (error) {
    log.error({ reason: messageOf(error) }, 'the management key cannot be read; nothing can be changed over HTTP')
    return ''
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
