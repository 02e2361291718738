import { RULE_TRIAL_HEADER, RULE_TRIAL_NONE, SCAN_CONFIG_HEADER, SECOND_MS } from '@guardimesh/contracts'
import { background, type Logger, messageOf } from '@guardimesh/kit'
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { PostgresListener } from '../../platform/notify/postgres-listener.js'
import { SCAN_CONFIG_CHANNEL } from '../../platform/notify/scan-config-channel.js'
import { SIGNATURES_CHANNEL } from '../../platform/notify/signatures-channel.js'
import { TrialReportsService } from '../rule-trials/trial-reports.service.js'
import { ScanConfigService } from '../scan-config/scan-config.service.js'

/** Refreshes without a notification: a rule trial expires silently, and a notification may be lost. */
const REFRESH_INTERVAL_MS = 10 * SECOND_MS
/** Older values are not sent: the database is unavailable, and the state may have changed. */
const STALE_MS = 3 * REFRESH_INTERVAL_MS

/**
 * Headers of all responses to nodes, with the ETag of the active scan configuration and the id of the active rule trial. A node with another
 * value fetches them immediately instead of at its next poll.
 */
@Injectable()
export class ChangeHeadersService implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  #headers: Readonly<Record<string, string>> = {}
  #readAtMs = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  /** The read in progress, and whether something changed since it began. */
  #reading: Promise<void> | undefined
  #isOutdated = false

  constructor(
    private readonly scanConfig: ScanConfigService,
    private readonly trials: TrialReportsService,
    private readonly listener: PostgresListener,
    @InjectLogger() private readonly log: Logger,
  ) {}

  onModuleInit(): void {
    const subscriber = { onMessage: () => this.#refresh(), onReconnect: () => this.#refresh() }
    for (const channel of [SCAN_CONFIG_CHANNEL, SIGNATURES_CHANNEL]) this.listener.subscribe(channel, subscriber)
  }

  onApplicationBootstrap(): void {
    this.#timer = setInterval(() => this.#refresh(), REFRESH_INTERVAL_MS).unref()
    this.#refresh()
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.#timer)
    this.#isOutdated = false
    await this.#reading
  }

  /** Returns the cached headers without delaying the response; none before the first read. */
  headers(): Readonly<Record<string, string>> {
    return performance.now() - this.#readAtMs < STALE_MS ? this.#headers : {}
  }

  #refresh(): void {
    this.#isOutdated = true
    if (this.#reading !== undefined) return
    this.#reading = this.#readWhileOutdated().finally(() => {
      this.#reading = undefined
    })
    background(this.log, 'change headers', this.#reading)
  }

  async #readWhileOutdated(): Promise<void> {
    while (this.#isOutdated) {
      this.#isOutdated = false
      try {
        const [{ etag }, trialId] = await Promise.all([this.scanConfig.read(), this.trials.activeId()])
        this.#headers = { [SCAN_CONFIG_HEADER]: etag, [RULE_TRIAL_HEADER]: trialId ?? RULE_TRIAL_NONE }
        this.#readAtMs = performance.now()
      } catch (error) {
        this.log.warn({ reason: messageOf(error) }, 'failed to read change headers; nodes fall back to polling')
      }
    }
  }
}
