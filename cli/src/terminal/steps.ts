import { Listr } from 'listr2'
import { asLine } from './format.js'
import { noteLine } from './output.js'

/** Reports the current activity of a step. */
export type Report = (doing: string) => void

export interface Step {
  readonly title: string
  readonly run: (report: Report) => Promise<void>
}

/** One line every ten seconds is enough to show progress in a log. */
const PLAIN_LINE_EVERY_MS = 10_000
const TERMINAL_EVERY_MS = 100

/** Runs steps sequentially with live progress on a terminal, otherwise plain lines on standard error. Stops at the first failure. */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  if (process.stdout.isTTY) await runOnTerminal(steps)
  else for (const step of steps) await runPlain(step)
}

async function runOnTerminal(steps: readonly Step[]): Promise<void> {
  const tasks = steps.map(({ title, run }) => ({
    title: asLine(title),
    task: async (_context: unknown, task: { output: string }) => {
      await run(
        throttled(TERMINAL_EVERY_MS, (doing) => {
          task.output = asLine(doing)
        }),
      )
    },
  }))
  await new Listr(tasks, { renderer: 'default', rendererOptions: { showErrorMessage: false }, exitOnError: true }).run()
}

async function runPlain({ title, run }: Step): Promise<void> {
  noteLine(`${title} …`)
  const report = throttled(PLAIN_LINE_EVERY_MS, (doing) => noteLine(`  ${doing}`))
  await run(report)
  noteLine(`${title}: done`)
}

/** Limits the rate of reports. Also delays the first one, so that a short step reports nothing. */
function throttled(everyMs: number, report: Report): Report {
  let nextAtMs = performance.now() + everyMs
  return (doing) => {
    if (performance.now() < nextAtMs) return
    nextAtMs = performance.now() + everyMs
    report(doing)
  }
}
