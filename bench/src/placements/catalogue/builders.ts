import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { RunningContainer, RunningPod } from '@guardimesh/testbed/pod.js'
import type { Gap, Placement, Site, Trace } from '../placement.js'

/** Path of a finding, or a function of the placement's folder. */
type PathOf = string | RegExp | ((folder: string) => string | RegExp)

interface ActionOptions {
  /** Default: `file.com` in the folder. */
  readonly path?: PathOf
  /** Default: web. */
  readonly in?: 'web' | 'privileged' | 'heavy' | 'neighbour'
  readonly gaps?: (folder: string) => readonly Gap[]
  readonly signature?: RegExp
  readonly isHarmless?: boolean
}

/** Seconds that files, mappings and processes stay, if they do: longer than a re-check takes. */
export const STAY_SECONDS = '60'

/** Runs an action of the program `place` (helper/place.c) in a container. */
export function placed(name: string, action: string, args: (folder: string) => readonly string[], options: ActionOptions = {}) {
  return acted(name, ({ folder, tail }) => ['/bin/place', action, tail, ...args(folder)], options)
}

/** Runs an action of the program `execute` (helper/execute.c) in a container. */
export function executed(name: string, args: (folder: string) => readonly string[], options: ActionOptions) {
  return acted(name, ({ folder }) => ['/bin/execute', ...args(folder)], options)
}

/** Runs a shell script that prints the time when its content can be read. `$D` is the placement's folder, which it creates, `$T` the tail. */
export function scripted(name: string, script: string, options: ActionOptions = {}) {
  const run = ({ folder, tail }: Site) => ['/bin/sh', '-c', `set -e; D=${folder}; T='${tail}'; mkdir -p $D; ${script}`]
  return acted(name, run, options)
}

function acted(name: string, argv: (site: Site) => readonly string[], options: ActionOptions): Omit<Placement, 'group'> {
  const run = async (site: Site) => {
    const pod = site.stage[options.in ?? 'web']
    return traceOf(pod, site.folder, options, await timeOf(pod, argv(site)))
  }
  return { name, run, isHarmless: options.isHarmless ?? false }
}

/** Writes content from this machine through the container's root, as a process of the container does. */
export function written(name: string, file: string, content: (site: Site) => Content | Promise<Content>, options: ActionOptions = {}) {
  const run = async (site: Site) => {
    const pod = site.stage[options.in ?? 'web']
    const path = `${site.folder}/${file}`
    const atMs = await writeIn(pod, path, await content(site))
    return traceOf(pod, site.folder, { path, ...options }, atMs)
  }
  return { name, run, isHarmless: options.isHarmless ?? false }
}

export type Content = Buffer | string | Readable

/** @returns the time when the content was complete. */
export async function writeIn(pod: RunningPod, path: string, content: Content): Promise<number> {
  const target = `/proc/${pod.pid}/root${path}`
  await mkdir(dirname(target), { recursive: true })
  let atMs = 0
  const stream = createWriteStream(target).on('finish', () => {
    atMs = Date.now()
  })
  const source = content instanceof Readable ? content : Readable.from([content])
  await finished(source.pipe(stream))
  return atMs
}

/** Runs a command that prints a time. @throws Error with its output if it fails. */
export async function timeOf(container: RunningContainer, argv: readonly string[]): Promise<number> {
  const { exitCode, stdout, stderr } = await container.exec(argv)
  const atMs = Number(/^\d{13}/.exec(stdout)?.[0])
  if (exitCode !== 0 || !atMs) throw new Error(`${argv.slice(0, 3).join(' ')} failed with exit code ${exitCode}: ${stderr.trim()}`)
  return atMs
}

function traceOf(pod: RunningContainer, folder: string, options: ActionOptions, atMs: number): Trace {
  const { path = (own: string) => `${own}/file.com`, gaps, signature } = options
  return {
    containerId: pod.containerId,
    atMs,
    path: typeof path === 'function' ? path(folder) : path,
    ...(signature ? { signature } : {}),
    ...(gaps ? { gaps: gaps(folder) } : {}),
  }
}
