import { writeFile } from 'node:fs/promises'
import type { SetUpOutcome } from '@guardimesh/contracts'
import { ConfigError, type Logger, messageOf, type ProcessContext } from '@guardimesh/kit'
import type { SetUpJobConfig } from '../config/set-up-config.js'
import { setUpInstallation } from './set-up-installation.js'

const EXIT_CODES: Readonly<Record<SetUpOutcome['result'], number>> = {
  done: 0,
  'schema-newer': 3,
  'database-unreachable': 1,
  failed: 1,
}

/** Runs the set-up Job, which precedes all other processes of a version: schema, first administrator, API key of the scanners. */
export async function runSetUp({ config, log, signal }: ProcessContext<SetUpJobConfig>): Promise<void> {
  const { settings, terminationLog } = config
  if (settings instanceof ConfigError) {
    const message = settings.message.slice(0, 1500)
    await reportOutcome({ result: 'failed', message, administrator: 'unknown', schema: '' }, terminationLog, log)
    throw settings
  }
  const outcome = await setUpInstallation(settings, log, signal)
  await reportOutcome(outcome, terminationLog, log)
  process.exitCode = EXIT_CODES[outcome.result]
}

/** Writes the outcome to the termination message, which the operator reads. */
async function reportOutcome(outcome: SetUpOutcome, terminationLog: string, log: Logger): Promise<void> {
  log.info({ outcome }, 'set-up ended')
  try {
    await writeFile(terminationLog, JSON.stringify(outcome))
  } catch (error) {
    log.warn({ reason: messageOf(error) }, 'failed to write the outcome to TERMINATION_LOG; see the previous log line')
  }
}
