import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { readCaFile } from '@guardimesh/kit'
import { Inject, Injectable } from '@nestjs/common'

/** Token of the path of a file with more authorities; its value is undefined when there is none. */
export const NOTIFICATION_CA_FILE = Symbol('file with authorities of receivers')

/** Whose certificates receivers may have: Node's authorities, the system's, and those of a file of the site. */
@Injectable()
export class TrustedAuthorities {
  #last: { readonly added: string; readonly context: SecureContext } | undefined

  constructor(@Inject(NOTIFICATION_CA_FILE) private readonly caFile: string | undefined) {}

  /** Reads the file each time, so that an authority that was added counts at once. @throws ConfigError when it cannot be used. */
  context(): SecureContext {
    const added = this.caFile === undefined ? '' : readCaFile(this.caFile)
    if (this.#last?.added !== added) this.#last = { added, context: createSecureContext({ ca: allAuthorities(added) }) }
    return this.#last.context
  }
}

function allAuthorities(added: string): string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...(added === '' ? [] : [added])])]
}
