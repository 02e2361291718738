import { RULE_TRIAL_HEADER, RULE_TRIAL_NONE, SCAN_CONFIG_HEADER, SECOND_MS } from '@guardimesh/contracts'
import { background, type Logger, messageOf } from '@guardimesh/kit'
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { InjectLogger } from '../../platform/log/logger-token.js'
import { PostgresListener } from '../../platform/notify/postgres-listener.js'
import { SCAN_CONFIG_CHANNEL } from '../../platform/notify/scan-config-channel.js'
import { SIGNATURES_CHANNEL } from '../../platform/notify/signatures-channel.js'
import { TrialReportsService } from '../rule-trials/trial-reports.service.js'
import { ScanConfigService } from '../scan-config/scan-config.service.js'

/** A trial expires without anybody telling, and a word of the database may be lost. */
const REFRESH_INTERVAL_MS = 10 * SECOND_MS
/** While the database is away, what may have changed is not told. */
const STALE_MS = 3 * REFRESH_INTERVAL_MS

/**
 * What every answer to a node says beside what it was asked for: which scan configuration and which rule trial are in force. A node that has
 * another one asks at once, so that neither has to wait for its next poll.
 */
@Injectable()
export class ChangeHeadersService implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  #headers: Readonly<Record<string, string>> = {}
  #readAtMs = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  /** What is asked now, and whether something changed since it was. */
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

  /** Never waits, so that no answer does; none before they are known. */
  headers(): Readonly<Record<string, string>> {
    return performance.now() - this.#readAtMs < STALE_MS ? this.#headers : {}
  }

  #refresh(): void {
    this.#isOutdated = true
    if (this.#reading !== undefined) return
    this.#reading = this.#readWhileOutdated().finally(() => {
      this.#reading = undefined
    })
    background(this.log, 'news for nodes', this.#reading)
  }

  async #readWhileOutdated(): Promise<void> {
    while (this.#isOutdated) {
      this.#isOutdated = false
      try {
        const [{ etag }, trialId] = await Promise.all([this.scanConfig.read(), this.trials.activeId()])
        this.#headers = { [SCAN_CONFIG_HEADER]: etag, [RULE_TRIAL_HEADER]: trialId ?? RULE_TRIAL_NONE }
        this.#readAtMs = performance.now()
      } catch (error) {
        this.log.warn({ why: messageOf(error) }, 'what nodes should know is not known now; they ask by themselves')
      }
    }
  }
}
