import { type Command, Option } from 'commander'
import { CommandError } from '../command-error.js'
import type { SignatureService } from '../signatures/signature-service.js'

/** Options of every command that speaks to an installation. */
export interface ServiceFlags {
  readonly url?: string
  readonly apiKeyFile?: string
  readonly managementKeyFile?: string
  readonly ca?: string
}

export function serviceOptions(command: Command): Command {
  return command
    .addOption(new Option('--url <address>', 'the console, such as https://guardimesh.example').env('GUARDIMESH_URL'))
    .addOption(
      new Option('--api-key-file <file>', 'API key with the scope signatures:write, made in the console').env('GUARDIMESH_API_KEY_FILE'),
    )
    .option('--management-key-file <file>', 'instead of an API key: the key of the signature server, whose own address --url is then')
    .addOption(new Option('--ca <file>', "authorities of the address's certificate, in PEM").env('GUARDIMESH_CA_FILE'))
}

/** @throws CommandError, ConfigError that says which option is missing or wrong. */
export async function connectService(flags: ServiceFlags): Promise<SignatureService> {
  const { readCaFile, readSecretFile } = await import('@guardimesh/kit')
  const { SignatureService } = await import('../signatures/signature-service.js')
  const url = parseUrl(flags.url)
  const ca = flags.ca === undefined ? undefined : readCaFile(flags.ca)
  if (flags.managementKeyFile !== undefined)
    return new SignatureService({ url, key: readSecretFile(flags.managementKeyFile), keyKind: 'management-key', ca })
  if (flags.apiKeyFile === undefined)
    throw new CommandError('Name a file with an API key: --api-key-file, or GUARDIMESH_API_KEY_FILE. It needs the scope signatures:write.')
  return new SignatureService({ url, key: readSecretFile(flags.apiKeyFile), keyKind: 'api-key', ca })
}

function parseUrl(text: string | undefined): URL {
  if (text === undefined) throw new CommandError('Say where the console is: --url https://…, or GUARDIMESH_URL.')
  const url = URL.parse(text)
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isThisMachine(url))) return url
  throw new CommandError(`${text} is no address of the form https://…; http:// carries the key in the open and is for this machine only.`)
}

function isThisMachine({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
