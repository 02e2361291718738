import { readConfig } from '@guardimesh/kit'
import { z } from 'zod'

const Env = z.object({ RUN_FOLDER: z.string('set it to the folder of the scanner socket').min(1) })

/** Settings of the commands on the node. */
export interface CommandConfig {
  readonly runFolder: string
}

/** @throws ConfigError that lists every invalid setting. */
export function readCommandConfig(env: NodeJS.ProcessEnv): CommandConfig {
  return Object.freeze({ runFolder: readConfig(Env, env).RUN_FOLDER })
}
