import { readFile, rm, writeFile } from 'node:fs/promises'
import { unlessMissing, writeFileDurably } from '@guardimesh/kit'
import type { LoadMode } from './load-mode.js'

const DIRECTIVE = /^[ \t]*ConcurrentDatabaseReload[ \t]+(\S+)[ \t]*$/gim
const MODE = 0o644

export interface ClamdConfigOptions {
  /** What clamd reads when it starts. */
  readonly file: string
  /** A clamd.conf with everything else. */
  readonly template: string
}

/**
 * clamd's configuration as far as the way of loading is concerned. clamd reads it when it starts, and only then; so a file beside it tells
 * that the clamd that runs may still load beside what it has, which has no room any more.
 */
export class ClamdConfig {
  readonly #options: ClamdConfigOptions
  readonly #marker: string

  constructor(options: ClamdConfigOptions) {
    this.#options = options
    this.#marker = `${options.file}.restart`
  }

  /** Writes the configuration for this way of loading, unless it is there already. */
  async write(way: LoadMode): Promise<void> {
    const { file, template } = this.#options
    const before = await unlessMissing(readFile(file, 'utf8'), undefined)
    const text = withLoadMode(await readFile(template, 'utf8'), way)
    if (before === text) return
    // Before the configuration: a process that is killed in between asks for one restart too many, never for a load without room.
    if (before !== undefined && way === 'alone' && loadModeOf(before) === 'beside') await writeFile(this.#marker, '')
    await writeFileDurably(file, text, MODE)
  }

  /** True when the clamd that runs may load in another way than the configuration says, without room for it. */
  async isRestartDue(): Promise<boolean> {
    return unlessMissing(
      readFile(this.#marker).then(() => true),
      false,
    )
  }

  /** clamd was started anew since. */
  async clearRestart(): Promise<void> {
    await rm(this.#marker, { force: true })
  }
}

/** A clamd.conf with this way of loading and no other. Pure. */
export function withLoadMode(config: string, way: LoadMode): string {
  const rest = config.replace(DIRECTIVE, '').trimEnd()
  return `${rest}\nConcurrentDatabaseReload ${way === 'beside' ? 'yes' : 'no'}\n`
}

/** How clamd loads with a configuration; beside what it has when it says nothing (clamd.conf(5)). Pure. */
function loadModeOf(config: string): LoadMode {
  const [, value = 'yes'] = [...config.matchAll(DIRECTIVE)].at(-1) ?? []
  return /^(no|false|0)$/i.test(value) ? 'alone' : 'beside'
}
