import { formatUuid, type Logger, uuidV7 } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'
import type { Job } from '../../platform/jobs/job.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { readMatcher } from '../exceptions/exception-matching.service.js'
import { HASH_KIND_NAMES, type HashKind } from './hash-kinds.js'
import { HUNT_JOB } from './hunted-hash.repository.js'
import { buildRetroFinding } from './retro-finding.js'
import { type HuntPosition, RetroHuntRepository } from './retro-hunt.repository.js'

/** Maximum findings per transaction, and per notification of open consoles. */
const BATCH_FINDINGS = 200

/** Matches hashes of custom signatures against earlier sightings and stores a finding for each match, without scanning. */
@Injectable()
export class RetroHuntService {
  constructor(
    private readonly database: Database,
    private readonly matches: RetroHuntRepository,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /** Returns the job for the worker process: queued when hashes are added, and periodic for later sightings from nodes with older signatures. */
  jobs(): readonly Job[] {
    return [{ name: HUNT_JOB, schedule: '*/10 * * * *', atStart: true, run: () => this.hunt() }]
  }

  async hunt(): Promise<void> {
    const resultId = formatUuid(uuidV7())
    let found = 0
    for (const kind of HASH_KIND_NAMES) found += await this.#huntKind(kind, resultId)
    if (found > 0) this.log.warn({ found }, 'retro-hunt found malware in earlier sightings')
  }

  async #huntKind(kind: HashKind, resultId: string): Promise<number> {
    let found = 0
    for (let after: HuntPosition | undefined; ; ) {
      const matches = await this.matches.matches(kind, after, BATCH_FINDINGS)
      const last = matches.at(-1)
      if (!last) return found
      found += await this.database.transaction(async (tx) => {
        const hunt = { resultId, exceptions: await readMatcher(tx), now: new Date() }
        return this.matches.insertIfNew(
          tx,
          matches.map((match) => buildRetroFinding(match, hunt)),
        )
      })
      after = last
    }
  }
}
