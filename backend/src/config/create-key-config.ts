import { parseArgs } from 'node:util'
import { CreateApiKey } from '@guardimesh/contracts'
import { ConfigError, messageOf } from '@guardimesh/kit'
import { z } from 'zod'
import { type CommandConfig, readCommandConfig } from './command-config.js'

const USAGE = 'usage: create-key --label <label> --scopes <ingestion,console:read> --out <file>'

/** Settings and arguments of the create-key command. */
export interface CreateKeyConfig extends CommandConfig {
  readonly request: CreateApiKey
  /** File for the key. */
  readonly outFile: string
}

/** Reads arguments and settings. @throws ConfigError with the usage for an invalid argument, or that lists all invalid settings. */
export function readCreateKeyConfig(env: NodeJS.ProcessEnv, args: readonly string[] = process.argv.slice(2)): CreateKeyConfig {
  const parsed = parseArguments(args)
  return Object.freeze({ ...readCommandConfig(env), ...parsed })
}

function parseArguments(args: readonly string[]): { request: CreateApiKey; outFile: string } {
  try {
    const options = { label: { type: 'string' }, scopes: { type: 'string' }, out: { type: 'string' } } as const
    const { values } = parseArgs({ args: [...args], options })
    const request = CreateApiKey.safeParse({ label: values.label, scopes: values.scopes?.split(',').map((scope) => scope.trim()) })
    if (!request.success) throw new ConfigError(z.prettifyError(request.error))
    if (!values.out) throw new ConfigError('--out is required: the file for the key')
    return { request: request.data, outFile: values.out }
  } catch (error) {
    throw new ConfigError(`${messageOf(error)}\n${USAGE}`)
  }
}
