import type { ApiKeyScope } from '@guardimesh/contracts'
import { type Command, Option } from 'commander'
import { CommandError } from '../command-error.js'
import type { SignatureClient } from '../signatures/signature-client.js'

/** Options of all commands that connect to the console. */
export interface ConsoleFlags {
  readonly url?: string
  readonly apiKeyFile?: string
  readonly ca?: string
}

/** Options of all commands that connect to the signatures of an installation. */
export interface ServiceFlags extends ConsoleFlags {
  readonly managementKeyFile?: string
}

/** Address of the console, and a key for it. */
export interface ConsoleAddress {
  readonly url: URL
  readonly key: string
  readonly ca: string | undefined
}

/** @param scope of the API key. */
export function consoleOptions(command: Command, scope: ApiKeyScope): Command {
  return command
    .addOption(new Option('--url <address>', 'address of the console, such as https://guardimesh.example').env('GUARDIMESH_URL'))
    .addOption(new Option('--api-key-file <file>', `file with an API key that has the scope ${scope}`).env('GUARDIMESH_API_KEY_FILE'))
    .addOption(new Option('--ca <file>', 'CA certificates for the server certificate, in PEM').env('GUARDIMESH_CA_FILE'))
}

export function serviceOptions(command: Command): Command {
  return consoleOptions(command, 'signatures:write').option(
    '--management-key-file <file>',
    'file with the management key of the signature server, instead of an API key; --url is then the address of the signature server',
  )
}

/** @throws CommandError, ConfigError for missing or invalid options. */
export async function readConsoleAddress(flags: ConsoleFlags, scope: ApiKeyScope): Promise<ConsoleAddress> {
  const { readCaFile, readSecretFile } = await import('@guardimesh/kit')
  const url = parseUrl(flags.url)
  const ca = flags.ca === undefined ? undefined : readCaFile(flags.ca)
  if (flags.apiKeyFile === undefined)
    throw new CommandError(`API key missing: specify --api-key-file or GUARDIMESH_API_KEY_FILE. The key needs the scope ${scope}.`)
  return { url, key: readSecretFile(flags.apiKeyFile), ca }
}

/** @throws CommandError, ConfigError for missing or invalid options. */
export async function connectService(flags: ServiceFlags): Promise<SignatureClient> {
  const { readCaFile, readSecretFile } = await import('@guardimesh/kit')
  const { SignatureClient } = await import('../signatures/signature-client.js')
  if (flags.managementKeyFile === undefined)
    return new SignatureClient({ ...(await readConsoleAddress(flags, 'signatures:write')), keyKind: 'api-key' })
  const ca = flags.ca === undefined ? undefined : readCaFile(flags.ca)
  return new SignatureClient({ url: parseUrl(flags.url), key: readSecretFile(flags.managementKeyFile), keyKind: 'management-key', ca })
}

function parseUrl(text: string | undefined): URL {
  if (text === undefined) throw new CommandError('Address of the console missing: specify --url https://… or GUARDIMESH_URL.')
  const url = URL.parse(text)
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isThisMachine(url))) return url
  throw new CommandError(
    `Invalid address ${text}: it must start with https://. http:// sends the key unencrypted and is allowed for this machine only.`,
  )
}

function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
