import { isAlive } from '@guardimesh/testbed/process-identity.js'
import { Listr, PRESET_TIMER } from 'listr2'
import { readFacts } from '../stack/facts.js'
import { STEPS, type StepName } from '../stack/steps.js'
import { readState } from '../supervision/state-file.js'
import type { DevConfig } from './config.js'
import { stopAll } from './down.js'
import { showFacts } from './show.js'
import { startDaemon } from './start-daemon.js'

/** `make up`: starts the platform in the background unless it is running, and prints how to use it. */
export async function up(config: DevConfig): Promise<void> {
  const { folders } = config
  const state = await readState(folders.stateFile)
  if (state && isAlive(state.supervisor)) {
    const facts = await readFacts(folders.factsFile)
    if (!facts) return say('Guardimesh is being started or stopped by another command: wait, or run: make down')
    say('Guardimesh is already running.')
    return showFacts(folders, facts)
  }
  // A killed supervisor may have left processes.
  if ((await stopAll(folders)) === 'cleaned-after-crash') say('Cleaned up after the last run, which crashed.')
  const { steps, ready } = await startDaemon(folders)
  await showSteps(steps)
  await ready
  const facts = await readFacts(folders.factsFile)
  if (facts) await showFacts(folders, facts)
}

/** Displays the steps while they run; `ready` reports their failure. */
async function showSteps(steps: Readonly<Record<StepName, Promise<void>>>): Promise<void> {
  const names = Object.keys(STEPS) as StepName[]
  const tasks = new Listr(
    names.map((name) => ({ title: STEPS[name], task: () => steps[name] })),
    {
      concurrent: true,
      exitOnError: false,
      renderer: 'default',
      fallbackRenderer: 'simple',
      rendererOptions: { timer: PRESET_TIMER },
      fallbackRendererOptions: { timer: PRESET_TIMER },
    },
  )
  await tasks.run()
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
