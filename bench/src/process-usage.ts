import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { KIB_BYTES } from '@guardimesh/contracts'
import { systemCodeOf } from '@guardimesh/kit'

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** The name in parentheses may contain spaces. User and system time are the 12th and 13th field after it, those of children follow (proc(5)). */
function readStatFields(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Reads the resident memory of a process in bytes. */
export function readResidentBytes(pid: number): number {
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1] ?? Number.NaN) * KIB_BYTES
}

/**
 * Reads the memory of processes and their descendants in bytes, which all run the same program: their own pages, and once the pages of files
 * (program and libraries), also those that others use.
 */
export function readTreesMemoryBytes(pids: readonly number[]): number {
  const parts = pids.flatMap(readTreeMemory)
  return parts.reduce((sum, { own }) => sum + own, 0) + Math.max(0, ...parts.map(({ files }) => files))
}

/** Without processes that have ended. */
function readTreeMemory(pid: number): { own: number; files: number }[] {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    const read = (key: string) => Number(new RegExp(`^${key}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1] ?? Number.NaN) * KIB_BYTES
    const own = read('Anonymous')
    return [{ own, files: read('Rss') - own }, ...childrenOf(pid).flatMap(readTreeMemory)]
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(systemCodeOf(error) ?? '')) return []
    throw error
  }
}

/** Reads the CPU time of a process and its descendants since their start, including those that ended and were waited for, in seconds. */
export function readTreeCpuSeconds(pid: number): number {
  const own =
    readStatFields(pid)
      .slice(11, 15)
      .reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND
  return childrenOf(pid).reduce((sum, child) => sum + readTreeCpuSeconds(child), own)
}

function childrenOf(pid: number): number[] {
  const lists = readdirSync(`/proc/${pid}/task`).map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8'))
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number))
}
