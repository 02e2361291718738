import { randomUUID } from 'node:crypto'
import type { NotificationChannel, NotificationState } from '@guardimesh/contracts'
import { Injectable } from '@nestjs/common'
import { ADVISORY_LOCKS } from '../../platform/database/advisory-locks.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { SecretCipher } from '../../platform/secrets/secret-cipher.js'
import { type ChannelHead, isReadable, type StoredSecrets, type StoredSettings } from './channel.js'
import { decryptSecrets, encryptSecrets, type SecretTexts } from './channel-secrets.js'

/** A channel as stored, including secrets. */
export interface StoredChannel extends ChannelHead {
  readonly settings: StoredSettings
  readonly secrets: StoredSecrets
}

interface ChannelRow extends ChannelHead {
  readonly channelId: string
  readonly settings: StoredSettings
  readonly secrets: SecretTexts
  readonly updatedAt: Date
  readonly updatedBy: string
  readonly lastState: NotificationState | null
  readonly lastAt: Date | null
  readonly lastStatusCode: number | null
  readonly lastError: string | null
}

const VIEW = `
SELECT channel.channel_id AS "channelId", kind, name, is_enabled AS "isEnabled", settings, secrets,
  updated_at AS "updatedAt", updated_by AS "updatedBy",
  last.state AS "lastState", last.last_attempt_at AS "lastAt", last.status_code AS "lastStatusCode", last.error AS "lastError"
FROM notification_channels channel
LEFT JOIN LATERAL (
  SELECT state, last_attempt_at, status_code, error FROM notification_deliveries delivery
  WHERE delivery.channel_id = channel.channel_id AND last_attempt_at IS NOT NULL ORDER BY last_attempt_at DESC LIMIT 1
) last ON true`

/** SQL of notification channels. */
@Injectable()
export class ChannelRepository {
  constructor(
    private readonly database: Database,
    private readonly cipher: SecretCipher,
  ) {}

  /** Returns all channels by name. */
  async list(): Promise<NotificationChannel[]> {
    const rows = await this.database.query<ChannelRow>(`${VIEW} ORDER BY lower(name), channel.channel_id`)
    return rows.map((row) => this.#viewOf(row))
  }

  async find(database: Queryable, channelId: string): Promise<NotificationChannel | undefined> {
    const rows = await database.query<ChannelRow>(`${VIEW} WHERE channel.channel_id = $1`, [channelId])
    return rows[0] && this.#viewOf(rows[0])
  }

  /** Counts channels. Other transactions that create a channel wait until this one ends. */
  async lockAndCount(tx: Queryable): Promise<number> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCKS.newChannel])
    const rows = await tx.query<{ count: number }>('SELECT count(*) AS count FROM notification_channels')
    return rows[0]?.count ?? 0
  }

  /** Returns a channel with its secrets and locks it until the transaction ends. */
  async lock(tx: Queryable, channelId: string): Promise<StoredChannel | undefined> {
    const [row] = await tx.query<Omit<StoredChannel, 'secrets'> & { readonly secrets: SecretTexts }>(
      `SELECT kind, name, is_enabled AS "isEnabled", settings, secrets FROM notification_channels WHERE channel_id = $1 FOR UPDATE`,
      [channelId],
    )
    return row && { ...row, secrets: decryptSecrets(this.cipher, { ...row, channelId }, row.secrets) }
  }

  /** Inserts a channel and returns its id. */
  async insert(tx: Queryable, channel: StoredChannel, updatedBy: string): Promise<string> {
    const channelId = randomUUID()
    await tx.execute(
      `INSERT INTO notification_channels (kind, name, is_enabled, settings, secrets, updated_by, channel_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [...this.#valuesOf(channelId, channel), updatedBy, channelId],
    )
    return channelId
  }

  async update(tx: Queryable, channelId: string, channel: StoredChannel, updatedBy: string): Promise<void> {
    await tx.execute(
      `UPDATE notification_channels SET kind = $1, name = $2, is_enabled = $3, settings = $4, secrets = $5, updated_by = $6,
         updated_at = now() WHERE channel_id = $7`,
      [...this.#valuesOf(channelId, channel), updatedBy, channelId],
    )
  }

  /** Deletes a channel with its deliveries. */
  async delete(tx: Queryable, channelId: string): Promise<void> {
    await tx.execute('DELETE FROM notification_channels WHERE channel_id = $1', [channelId])
  }

  #valuesOf(channelId: string, { kind, name, isEnabled, settings, secrets }: StoredChannel): unknown[] {
    const texts = encryptSecrets(this.cipher, { channelId, settings }, secrets)
    return [kind, name, isEnabled, JSON.stringify(settings), JSON.stringify(texts)]
  }

  /** Decrypts the secrets only to report whether that is possible. */
  #viewOf({ settings, secrets, updatedAt, lastState, lastAt, lastStatusCode, lastError, ...row }: ChannelRow): NotificationChannel {
    const target = {
      ...settings,
      headers: secrets.headers.map(({ name }) => ({ name, isSet: true as const })),
      hasSecret: secrets.secret !== null,
      hasUnreadableSecrets: !isReadable(decryptSecrets(this.cipher, { ...row, settings }, secrets)),
    }
    const view = {
      ...row,
      updatedAt: updatedAt.toISOString(),
      [row.kind]: target,
      lastDelivery:
        lastState === null || lastAt === null
          ? null
          : { state: lastState, at: lastAt.toISOString(), statusCode: lastStatusCode, error: lastError ?? '' },
    }
    // The settings were validated for their kind when they were stored.
    return view as unknown as NotificationChannel
  }
}
