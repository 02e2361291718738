import { formatUuid, type Logger, uuidV7 } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Database } from '../../platform/database/database.js'
import type { Job } from '../../platform/jobs/job.js'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { HASH_KIND_NAMES, type HashKind } from './hash-kinds.js'
import { HUNT_JOB } from './hunted-hash.repository.js'
import { retroFinding } from './retro-finding.js'
import { type HuntPosition, RetroHuntRepository } from './retro-hunt.repository.js'

/** Findings of one transaction; those who watch the console are told of as many at once. */
const BATCH_FINDINGS = 200

/** Looks for the hashes of custom signatures in what was seen, and makes each place where one was a finding, without any scan. */
@Injectable()
export class RetroHuntService {
  constructor(
    private readonly database: Database,
    private readonly matches: RetroHuntRepository,
    @InjectLogger() private readonly log: Logger,
  ) {}

  /** The job of the worker process: at once when hashes come, and by the clock for what nodes with older signatures told since. */
  jobs(): readonly Job[] {
    return [{ name: HUNT_JOB, schedule: '*/10 * * * *', atStart: true, run: () => this.hunt() }]
  }

  async hunt(): Promise<void> {
    const resultId = formatUuid(uuidV7())
    let found = 0
    for (const kind of HASH_KIND_NAMES) found += await this.#huntKind(kind, resultId)
    if (found > 0) this.log.warn({ found }, 'hashes were found in what was seen before')
  }

  async #huntKind(kind: HashKind, resultId: string): Promise<number> {
    let found = 0
    for (let after: HuntPosition | undefined; ; ) {
      const matches = await this.matches.matches(kind, after, BATCH_FINDINGS)
      const last = matches.at(-1)
      if (!last) return found
      const findings = matches.map((match) => retroFinding(match, resultId, new Date()))
      found += await this.database.transaction((tx) => this.matches.insertIfNew(tx, findings))
      after = last
    }
  }
}
