import { CustomSignatures } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import type { Queryable } from '../../platform/database/database.js'
import { SightingsService } from '../sightings/sightings.service.js'
import { SignatureServerClient } from './signature-server-client.js'

/** Has the hashes of custom signatures looked for in what was seen, whichever way they came into force: also past this backend. */
@Injectable()
export class CustomHashWatch {
  #revision: number | undefined

  constructor(
    private readonly client: SignatureServerClient,
    private readonly sightings: SightingsService,
  ) {}

  /**
   * Looks whether there are others than before.
   *
   * @param revision of the custom signatures in force, as the status has it.
   * @throws GuardError SIGNATURE_SERVER_UNAVAILABLE, DATABASE_UNAVAILABLE; the next look tries again.
   */
  async look(tx: Queryable, revision: number): Promise<void> {
    if (revision === this.#revision) return
    const { hashes } = await this.client.call({ method: 'GET', path: 'v1/custom', answer: CustomSignatures })
    await this.sightings.matchHashes(tx, hashes, '')
    this.#revision = revision
  }
}
