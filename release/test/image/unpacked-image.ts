import { execFile, spawn } from 'node:child_process'
import { fchownSync, openSync, readFileSync } from 'node:fs'
import { chown, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type ImageName, ImageTable, UNPRIVILEGED_ID } from '@guardimesh/contracts'

const run = promisify(execFile)

/** One folder per architecture. */
export const ALL_IMAGES_FOLDER = resolve(import.meta.dirname, '../../../.state/images')
const IMAGES_FOLDER = join(ALL_IMAGES_FOLDER, process.arch)
const OCI_FOLDER = join(IMAGES_FOLDER, 'oci')

/**
 * Runs a command like a pod's container: in separate mount and network namespaces, with a read-only image except for mounted folders, as
 * user 65532. $1 is the image's folder, $2 the number of mounts; pairs of folders and the command with its environment follow.
 */
const ENTER = `set -e
root=$1 count=$2; shift 2
mount --bind "$root" "$root"
while [ "$count" -gt 0 ]; do mount --bind "$1" "$root$2"; shift 2; count=$((count - 1)); done
mount --bind /dev "$root/dev"
mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
mount -t proc proc "$root/proc"
mount -o remount,bind,ro "$root"
ip link set lo up
exec env -i "$@"`

export interface ImageConfig {
  readonly architecture: string
  readonly config: {
    readonly Entrypoint: readonly string[]
    readonly Env: readonly string[]
    readonly User: string
    readonly WorkingDir: string
  }
}

interface RunOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Empty folders that the user of the image can write to, such as "/tmp". All programs of this image share them. */
  readonly writable?: readonly string[]
}

export interface ProgramResult {
  readonly code: number | null
  readonly output: string
}

/** A program that runs in an image. */
export interface RunningProgram {
  readonly ended: Promise<ProgramResult>
  /** Returns its output so far. */
  output(): string
  signal(name: NodeJS.Signals): void
  /** Runs another program in the container, like `kubectl exec`. */
  exec(command: readonly string[]): Promise<ProgramResult>
  /** Runs a program of this machine in the container's network. */
  execOnMachine(command: readonly string[]): Promise<ProgramResult>
}

/** Reads the built images by name. @throws Error when `make images` has not been run. */
export async function readImageTable(): Promise<ImageTable> {
  const text = await readFile(join(IMAGES_FOLDER, 'images.json'), 'utf8').catch(() => {
    throw new Error('images not found: run make images')
  })
  return ImageTable.parse(JSON.parse(text))
}

/** An image that is unpacked into a folder, with its configuration. */
export class UnpackedImage {
  readonly folder: string
  readonly config: ImageConfig
  readonly #work: string
  readonly #running = new Set<() => Promise<void>>()

  private constructor(work: string, config: ImageConfig) {
    this.#work = work
    this.folder = join(work, 'root')
    this.config = config
  }

  static async unpack(name: ImageName): Promise<UnpackedImage> {
    const table = await readImageTable()
    const manifest = await readBlob<{ config: { digest: string }; layers: { digest: string }[] }>(table.images[name].digest)
    const image = new UnpackedImage(await mkdtemp(join(tmpdir(), 'image-')), await readBlob<ImageConfig>(manifest.config.digest))
    await mkdir(image.folder)
    for (const { digest } of manifest.layers) await run('tar', ['-xzf', blobPath(digest), '-C', image.folder])
    return image
  }

  /** Creates a folder of the image's user on this machine, which is mounted in the image at `path`. */
  async writableFolder(path: string): Promise<string> {
    const folder = join(this.#work, 'writable', path)
    await mkdir(folder, { recursive: true })
    await chown(folder, UNPRIVILEGED_ID, UNPRIVILEGED_ID)
    return folder
  }

  /** Starts a program with the image's configuration, except for the arguments. */
  async start(command: readonly string[], options: RunOptions = {}): Promise<RunningProgram> {
    const { writable = ['/tmp'], env = {} } = options
    const mounts = await Promise.all(writable.map(async (path) => [await this.writableFolder(path), path]))
    for (const path of ['/proc', '/dev', ...writable]) await mkdir(join(this.folder, path), { recursive: true })
    const settings = [...this.config.config.Env, ...Object.entries(env).map(([key, value]) => `${key}=${value}`)]
    const inside = [...settings, ...this.#chroot(), ...command]
    const args = [
      '--mount',
      '--net',
      '--propagation',
      'private',
      'sh',
      '-c',
      ENTER,
      'sh',
      this.folder,
      String(mounts.length),
      ...mounts.flat(),
      ...inside,
    ]
    // A file, because Node's pipes are sockets, which a program cannot reopen as /dev/stdout.
    const outputFile = join(this.#work, `output-${this.#running.size}`)
    const descriptor = openSync(outputFile, 'a')
    fchownSync(descriptor, UNPRIVILEGED_ID, UNPRIVILEGED_ID)
    const child = spawn('unshare', args, { stdio: ['ignore', descriptor, descriptor], detached: true })
    const output = () => readFileSync(outputFile, 'utf8')
    const ended = new Promise<ProgramResult>((done, reject) => {
      child.on('error', reject)
      child.on('close', (code) => done({ code, output: output() }))
    })
    const pid = child.pid ?? 0
    this.#running.add(async () => {
      if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL')
      await ended
    })
    const enter = ['--target', String(pid), '--net']
    return {
      ended,
      output,
      signal: (name) => process.kill(pid, name),
      exec: (other) => collect('nsenter', [...enter, '--mount', 'env', '-i', ...settings, ...this.#chroot(), ...other]),
      execOnMachine: (other) => collect('nsenter', [...enter, ...other]),
    }
  }

  /** Runs a program to its end. */
  async run(command: readonly string[], options: RunOptions = {}): Promise<ProgramResult> {
    return (await this.start(command, options)).ended
  }

  /** Stops all programs and removes the files. */
  async remove(): Promise<void> {
    for (const stop of this.#running) await stop()
    await rm(this.#work, { recursive: true, force: true })
  }

  #chroot(): string[] {
    return ['/usr/sbin/chroot', `--userspec=${this.config.config.User}`, this.folder]
  }
}

function collect(command: string, args: readonly string[]): Promise<ProgramResult> {
  return new Promise((done) => {
    const child = execFile(command, args, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    )
    child.stdin?.end()
  })
}

async function readBlob<T>(digest: string): Promise<T> {
  return JSON.parse(await readFile(blobPath(digest), 'utf8')) as T
}

function blobPath(digest: string): string {
  return join(OCI_FOLDER, 'blobs', digest.replace(':', '/'))
}
