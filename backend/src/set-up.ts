import { writeFile } from 'node:fs/promises'
import type { SetUpOutcome } from '@guardimesh/contracts'
import { ConfigError, createLogger, EXIT_CONFIG, messageOf, runProcess } from '@guardimesh/kit'
import { readSetUpConfig, terminationLogOf } from './config/set-up-config.js'
import { setUpInstallation } from './set-up/set-up-installation.js'

const EXIT_CODES: Readonly<Record<SetUpOutcome['result'], number>> = {
  done: 0,
  'schema-newer': 3,
  'database-unreachable': 1,
  failed: 1,
}

/** What a cluster runs before anything else of a version: schema, first administrator, key of the scanners. */
const log = createLogger('set-up')
await runProcess(log, async (signal) => {
  try {
    const config = readSetUpConfig(process.env)
    log.level = config.logLevel
    const outcome = await setUpInstallation(config, log, signal)
    await tell(outcome)
    process.exitCode = EXIT_CODES[outcome.result]
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    await tell({ result: 'failed', message: error.message.slice(0, 1500), administrator: 'unknown', schema: '' })
    process.stderr.write(`${error.message}\n`)
    process.exitCode = EXIT_CONFIG
  }
})

/** Writes the last word where the operator reads it. */
async function tell(outcome: SetUpOutcome): Promise<void> {
  log.info({ outcome }, 'the set-up ended')
  try {
    await writeFile(terminationLogOf(process.env), JSON.stringify(outcome))
  } catch (error) {
    log.warn({ reason: messageOf(error) }, 'the outcome cannot be written to TERMINATION_LOG; it is in the line before this one')
  }
}
