import { parseArgs } from 'node:util'
import { ConfigError, messageOf, readConfig } from '@guardimesh/kit'
import { z } from 'zod'

const Env = z.object({ RUN_FOLDER: z.string('set it to the folder of the scanner socket').min(1) })

/** Command of the scan-now program. Log lines below `logLevel` would mix with its output. */
export type ScanNowConfig = { readonly logLevel: 'warn' } & ({ readonly command: 'help' } | ({ readonly command: 'scan' } & ScanOptions))

export interface ScanOptions {
  readonly runFolder: string
  /** Empty: containers of any pod. */
  readonly podName: string
  /** Empty: pods of any namespace. */
  readonly namespace: string
  /** Id prefix or name; empty: every container. */
  readonly containerId: string
  /** Whether files with a cached verdict are scanned as well. */
  readonly ignoreCache: boolean
}

/** @throws ConfigError for an invalid option or setting. */
export function readScanNowConfig(env: NodeJS.ProcessEnv, args: readonly string[] = process.argv.slice(2)): ScanNowConfig {
  const { help, pod: podName, namespace, container: containerId, 'ignore-cache': ignoreCache } = parseOptions(args)
  if (help) return { logLevel: 'warn', command: 'help' }
  const { RUN_FOLDER: runFolder } = readConfig(Env, env)
  return Object.freeze({ logLevel: 'warn', command: 'scan', runFolder, podName, namespace, containerId, ignoreCache })
}

function parseOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        pod: { type: 'string', default: '' },
        namespace: { type: 'string', default: '' },
        container: { type: 'string', default: '' },
        'ignore-cache': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values
  } catch (error) {
    throw new ConfigError(`scan-now: ${messageOf(error)}`)
  }
}
