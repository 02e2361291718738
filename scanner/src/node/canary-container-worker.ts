import { closeSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { CANARY_VOLUME, type CanaryAnswer, type CanaryWrite } from './canary-container.js'
import { call, KernelError, kernelPath, lastErrno } from './libc.js'

// linux/sched.h, linux/mount.h
const CLONE_NEWNS = 0x20000
const MS_REC = 0x4000
const MS_SLAVE = 0x80000
/** Exists in every container and is empty or not needed here; what is mounted over it is visible to this process only. */
const BASE = '/tmp'
const ROOT = `${BASE}/root`

/** Creates what a runtime creates for a container: a mount namespace with an overlay as root and a volume. It ends with this process. */
function createContainer(): void {
  if (call.unshare(CLONE_NEWNS) < 0) throw new KernelError('unshare failed', lastErrno())
  // Unmounting on the node continues to reach this namespace, which would otherwise keep volumes of pods busy.
  mount('none', '/', '', MS_REC | MS_SLAVE)
  mount('tmpfs', BASE, 'size=1m')
  for (const folder of ['lower', `lower${CANARY_VOLUME}`, 'upper', 'work', 'root']) mkdirSync(`${BASE}/${folder}`)
  mount('overlay', ROOT, `lowerdir=${BASE}/lower,upperdir=${BASE}/upper,workdir=${BASE}/work`)
  mount('tmpfs', `${ROOT}${CANARY_VOLUME}`, 'size=1m')
  if (call.chroot(bytes(ROOT)) < 0) throw new KernelError('chroot failed', lastErrno())
}

function mount(fileSystem: string, folder: string, options: string, flags = 0): void {
  if (call.mount(bytes(fileSystem), bytes(folder), bytes(fileSystem), flags, bytes(options)) < 0)
    throw new KernelError(`mounting ${fileSystem} failed`, lastErrno())
}

function bytes(text: string): Buffer {
  return kernelPath(Buffer.from(text))
}

/** The file has no name when it is written, so that only its events lead to it. */
function write({ path, content }: CanaryWrite): void {
  const fd = openSync(path, 'wx')
  unlinkSync(path)
  writeSync(fd, content)
  closeSync(fd)
}

function answer(run: () => void): void {
  let failure = ''
  try {
    run()
  } catch (error) {
    failure = String(error)
  }
  process.send?.({ failure } satisfies CanaryAnswer)
}

process.on('message', (message: CanaryWrite) => answer(() => write(message)))
process.on('disconnect', () => process.exit(0))
answer(createContainer)
