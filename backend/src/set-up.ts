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

/** Set-up Job, which runs before all other processes of a version: schema, first administrator, API key of the scanners. */
const log = createLogger('set-up')
await runProcess(log, async (signal) => {
  try {
    const config = readSetUpConfig()
    log.level = config.logLevel
    const outcome = await setUpInstallation(config, log, signal)
    await reportOutcome(outcome)
    process.exitCode = EXIT_CODES[outcome.result]
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    await reportOutcome({ result: 'failed', message: error.message.slice(0, 1500), administrator: 'unknown', schema: '' })
    process.stderr.write(`${error.message}\n`)
    process.exitCode = EXIT_CONFIG
  }
})

/** Writes the outcome to the termination message, which the operator reads. */
async function reportOutcome(outcome: SetUpOutcome): Promise<void> {
  log.info({ outcome }, 'set-up ended')
  try {
    await writeFile(terminationLogOf(), JSON.stringify(outcome))
  } catch (error) {
    log.warn({ reason: messageOf(error) }, 'failed to write the outcome to TERMINATION_LOG; see the previous log line')
  }
}
