import { randomBytes } from 'node:crypto'
import { hashSecret } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { Database, type Queryable } from '../../platform/database/database.js'
import { clientNetwork } from './client-network.js'
import type { LoginClient } from './password-slots.js'

/** A device is forgotten after this time without a login. */
export const KNOWN_DEVICE_DAYS = 90
/** Devices of one account; the oldest ones are forgotten. */
const DEVICES_MAX = 50
const TOKEN_BYTES = 32
const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/

/**
 * Remembers the devices (by cookie) and networks from which users have logged in. An attacker who has neither cannot delay their logins, and an
 * attacker in the same network, or behind the same proxy, cannot delay those with the cookie.
 */
@Injectable()
export class KnownDevicesService {
  constructor(private readonly database: Database) {}

  /** Identifies the client of a login. @param deviceToken value of the device cookie. */
  async identify(email: string, deviceToken: string | undefined, clientIp: string): Promise<LoginClient> {
    const network = clientNetwork(clientIp)
    const deviceHash = hashOf(deviceToken)
    const [known] = await this.database.query<{ device: boolean; network: boolean }>(
      `SELECT coalesce(bool_or(device_hash = $2), false) AS device, coalesce(bool_or(network = $3), false) AS network
       FROM known_devices JOIN accounts USING (account_id)
       WHERE lower(email) = lower($1) AND last_used_at > now() - make_interval(days => $4)`,
      [email, deviceHash, network, KNOWN_DEVICE_DAYS],
    )
    if (known?.device) return { key: `device ${deviceHash.toString('hex')}`, isKnown: true }
    return { key: network, isKnown: known?.network ?? false }
  }

  /** Remembers the device of a successful login. @returns the value of its cookie. */
  async remember(tx: Queryable, accountId: string, deviceToken: string | undefined, clientIp: string): Promise<string> {
    const token =
      deviceToken !== undefined && TOKEN_PATTERN.test(deviceToken) ? deviceToken : randomBytes(TOKEN_BYTES).toString('base64url')
    await tx.execute(
      `INSERT INTO known_devices (account_id, device_hash, network) VALUES ($1, $2, $3)
       ON CONFLICT (account_id, device_hash) DO UPDATE SET network = $3, last_used_at = now()`,
      [accountId, hashSecret(token), clientNetwork(clientIp)],
    )
    await tx.execute(
      `DELETE FROM known_devices WHERE account_id = $1 AND device_hash IN (
         SELECT device_hash FROM known_devices WHERE account_id = $1 ORDER BY last_used_at DESC OFFSET ${DEVICES_MAX})`,
      [accountId],
    )
    return token
  }
}

/** Returns the hash of a token; that of an empty text, which no device has, for anything else. */
function hashOf(deviceToken: string | undefined): Buffer {
  return hashSecret(deviceToken !== undefined && TOKEN_PATTERN.test(deviceToken) ? deviceToken : '')
}
