import { Injectable } from '@nestjs/common'
import { Database } from './database.js'

/**
 * The same database with a separate pool, for queries of the console. Slow searches wait for each other, while logins, API keys, probes and
 * reports of nodes do not wait for them.
 */
@Injectable()
export class ConsoleDatabase extends Database {}
