import { readFile, rm, writeFile } from 'node:fs/promises'
import { unlessMissing, writeFileDurably } from '@guardimesh/kit'
import type { LoadMode } from './load-mode.js'

const DIRECTIVE = /^[ \t]*ConcurrentDatabaseReload[ \t]+(\S+)[ \t]*$/gim
const MODE = 0o644

export interface ClamdConfigOptions {
  /** The clamd.conf that clamd reads when it starts. */
  readonly file: string
  /** A clamd.conf with all other settings. */
  readonly template: string
}

/**
 * Writes the load mode into clamd's configuration. clamd reads the file only when it starts, so a marker file next to it records that the
 * running clamd may still reload concurrently although the memory no longer suffices.
 */
export class ClamdConfig {
  readonly #options: ClamdConfigOptions
  readonly #marker: string

  constructor(options: ClamdConfigOptions) {
    this.#options = options
    this.#marker = `${options.file}.restart`
  }

  /** Writes the configuration for a load mode, unless the file already has it. */
  async write(mode: LoadMode): Promise<void> {
    const { file, template } = this.#options
    const before = await unlessMissing(readFile(file, 'utf8'), undefined)
    const text = withLoadMode(await readFile(template, 'utf8'), mode)
    if (before === text) return
    // The marker first: if the process is killed in between, clamd restarts once too often instead of running out of memory.
    if (before !== undefined && mode === 'sequential' && loadModeOf(before) === 'concurrent') await writeFile(this.#marker, '')
    await writeFileDurably(file, text, MODE)
  }

  /** True when clamd must be restarted before it loads databases: it still runs with the concurrent mode, without memory for it. */
  async isRestartDue(): Promise<boolean> {
    return unlessMissing(
      readFile(this.#marker).then(() => true),
      false,
    )
  }

  /** Removes the marker after clamd was restarted. */
  async clearRestart(): Promise<void> {
    await rm(this.#marker, { force: true })
  }
}

/** Returns a clamd.conf with exactly this load mode. Pure. */
export function withLoadMode(config: string, mode: LoadMode): string {
  const rest = config.replace(DIRECTIVE, '').trimEnd()
  return `${rest}\nConcurrentDatabaseReload ${mode === 'concurrent' ? 'yes' : 'no'}\n`
}

/** Parses the load mode of a clamd.conf. The default is concurrent (clamd.conf(5)). Pure. */
function loadModeOf(config: string): LoadMode {
  const [, value = 'yes'] = [...config.matchAll(DIRECTIVE)].at(-1) ?? []
  return /^(no|false|0)$/i.test(value) ? 'sequential' : 'concurrent'
}
