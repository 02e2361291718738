import { messageOf } from '@guardimesh/kit'

/** The steps of a start in display order; independent steps run concurrently. */
export const STEPS = {
  database: 'PostgreSQL',
  'signature-server': 'Signature server',
  signatures: 'First signatures',
  antivirus: 'Antivirus engine (clamd)',
  runtime: 'Container runtime',
  schema: 'Database schema',
  backend: 'API, console and background work',
  agents: 'Inspector, scanner, obfuscation scanner, puller',
} as const
export type StepName = keyof typeof STEPS

export type StepEvent =
  | { readonly step: StepName; readonly state: 'started' | 'done' }
  | { readonly step: StepName; readonly state: 'failed'; readonly why: string }

/** Runs one step and reports its progress. */
export async function runStep<T>(step: StepName, onStep: (event: StepEvent) => void, work: () => Promise<T>): Promise<T> {
  onStep({ step, state: 'started' })
  try {
    const result = await work()
    onStep({ step, state: 'done' })
    return result
  } catch (error) {
    onStep({ step, state: 'failed', why: messageOf(error) })
    throw error
  }
}
