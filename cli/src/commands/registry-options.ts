import { readFile } from 'node:fs/promises'
import { decodeText } from '@guardimesh/kit'
import type { Command } from 'commander'
import { CommandError } from '../command-error.js'
import type { RegistryClient, RegistryCredentials } from '../registry/registry-client.js'

/** Options of the commands that connect to a registry. */
export interface RegistryFlags {
  readonly username?: string
  readonly passwordFile?: string
  readonly caFile?: string
  readonly plainHttp?: true
}

export function registryOptions(command: Command): Command {
  return command
    .option('--username <name>', 'user name for the registry')
    .option('--password-file <file>', 'file with the password for the registry')
    .option('--ca-file <file>', 'certificate authorities of the registry, PEM')
    .option('--plain-http', 'connect to the registry without TLS')
}

/** @param idleTimeoutMs maximum time without progress of a request. @throws CommandError for invalid options. */
export async function connectRegistry(
  registry: string,
  flags: RegistryFlags,
  command: Command,
  idleTimeoutMs?: number,
): Promise<RegistryClient> {
  if ((flags.username === undefined) !== (flags.passwordFile === undefined))
    command.error('error: --username and --password-file must be used together')
  const { parseRegistry } = await import('../registry/registry-address.js')
  const { RegistryClient } = await import('../registry/registry-client.js')
  const { readCaFile } = await import('@guardimesh/kit')
  return new RegistryClient({
    address: parseRegistry(registry, flags.plainHttp === true),
    credentials: await readCredentials(flags),
    ca: flags.caFile === undefined ? undefined : readCaFile(flags.caFile),
    ...(idleTimeoutMs === undefined ? {} : { idleTimeoutMs }),
  })
}

async function readCredentials({ username, passwordFile }: RegistryFlags): Promise<RegistryCredentials | undefined> {
  if (username === undefined || passwordFile === undefined) return undefined
  const password = decodeText(await readFile(passwordFile)).replace(/\r?\n$/, '')
  if (password === '') throw new CommandError(`${passwordFile} is empty: it must contain the password of ${username}.`)
  return { username, password }
}
