import { afterAll } from 'vitest'
import { sharedHarness } from './notifications-harness.js'
import './notifications/channels-api.js'
import './notifications/rules-api.js'
import './notifications/alerts.js'
import './notifications/incidents.js'
import './notifications/kinds.js'
import './notifications/webhook.js'
import './notifications/recovery.js'
import './notifications/encryption.js'

// One API and database for all suites: starting them takes longer than most suites.
afterAll(async () => (await sharedHarness()).close())
