import { z } from 'zod'
import { STEPS, type StepName } from '../stack/steps.js'

const stepNames = Object.keys(STEPS) as [StepName, ...StepName[]]

/** Messages of the detached process to the program that started it, until all components are ready. */
export const DaemonMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('step'), step: z.enum(stepNames), state: z.enum(['started', 'done', 'failed']), why: z.string().optional() }),
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('failed'), why: z.string(), logFile: z.string().optional() }),
])
export type DaemonMessage = z.infer<typeof DaemonMessage>
