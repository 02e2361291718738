import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { readCaFile } from '@guardimesh/kit'
import { Inject, Injectable } from '@nestjs/common'

/** Injection token of the path of a file with additional certificate authorities; undefined if there is none. */
export const NOTIFICATION_CA_FILE = Symbol('file with authorities of receivers')

/** Certificate authorities for receivers: those of the channel, else those of Node, of the system, and of a configured file. */
@Injectable()
export class TrustedAuthorities {
  #last: { readonly added: string; readonly context: SecureContext } | undefined

  constructor(@Inject(NOTIFICATION_CA_FILE) private readonly caFile: string | undefined) {}

  /**
   * Reads the file on each call to pick up changes immediately.
   *
   * @param channelAuthority authorities of a channel in PEM; only these are trusted then. Empty: none.
   * @throws ConfigError if the file is invalid.
   */
  context(channelAuthority = ''): SecureContext {
    if (channelAuthority !== '') return createSecureContext({ ca: channelAuthority })
    const added = this.caFile === undefined ? '' : readCaFile(this.caFile)
    if (this.#last?.added !== added) this.#last = { added, context: createSecureContext({ ca: allAuthorities(added) }) }
    return this.#last.context
  }
}

function allAuthorities(added: string): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...(added === '' ? [] : [added])])]
}
