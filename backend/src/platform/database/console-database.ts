import { Injectable } from '@nestjs/common'
import { Database } from './database.js'

/**
 * The same database over connections of its own, for the questions of the console. When searches take long, they wait for each other, and
 * logins, API keys, probes and the reports of nodes do not wait for them.
 */
@Injectable()
export class ConsoleDatabase extends Database {}
