import { CustomSignatures } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'
import { SightingsService } from '../sightings/sightings.service.js'
import { SignatureServerClient } from './signature-server-client.js'

/** Starts a retro-hunt for new hashes of the custom signatures, including those that reached the signature server without this backend. */
@Injectable()
export class CustomHashSync {
  #revision: number | undefined

  constructor(
    private readonly client: SignatureServerClient,
    private readonly database: Database,
    private readonly sightings: SightingsService,
  ) {}

  /**
   * Fetches the custom signatures if their revision changed since the last call.
   *
   * @param revision active revision according to the status.
   * @throws GuardError SIGNATURE_SERVER_UNAVAILABLE, DATABASE_UNAVAILABLE; the next call retries.
   */
  async sync(revision: number): Promise<void> {
    if (revision === this.#revision) return
    const { hashes } = await this.client.call({ method: 'GET', path: 'v1/custom', answer: CustomSignatures })
    await this.database.transaction((tx) => this.sightings.matchHashes(tx, hashes, ''))
    this.#revision = revision
  }
}
