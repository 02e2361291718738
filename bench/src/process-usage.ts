import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { KIB_BYTES } from '@guardimesh/contracts'

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** Reads the CPU time of all threads of a process since its start, in seconds. */
export function readCpuSeconds(pid: number): number {
  const fields = readStatFields(pid)
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

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
