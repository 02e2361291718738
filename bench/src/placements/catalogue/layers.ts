import type { Placement } from '../placement.js'

const NOT_SCANNED = [{ reason: 'image_not_scanned' }] as const

/** Malware in the layers of an image, with what a container does to it. */
export const LAYERS: readonly Omit<Placement, 'group'>[] = [
  inLayer('in a lower layer, never touched', '/lower/plain.com'),
  inLayer('in the second layer', '/second/plain.com'),
  inLayer('read by a process', '/lower/read.com', 'cat /lower/read.com'),
  inLayer('copied up by chmod', '/lower/chmod.com', 'chmod 755 /lower/chmod.com'),
  inLayer('copied up by touch', '/lower/touch.com', 'touch /lower/touch.com'),
  inLayer('copied up by ln', '/lower/linked.com', 'ln /lower/link.com /lower/linked.com', true),
  inLayer('copied up by mv', '/lower/moved.com', 'mv /lower/move.com /lower/moved.com', true),
  inLayer('script shaped like a reverse shell, executed', '/lower/shell.sh', '(/lower/shell.sh > /dev/null 2>&1 &)', false, /Reverse/),
  { ...inLayer('deleted by a whiteout', '/lower/deleted.com'), isHarmless: true },
  { ...inLayer('in a folder that is deleted by a whiteout', '/lower/gone/hidden.com'), isHarmless: true },
]

/** @param isNew the path exists only after the command, so the time counts from there. Otherwise from the start of the container. */
function inLayer(name: string, path: string, command = 'true', isNew = false, signature?: RegExp): Omit<Placement, 'group'> {
  const run: Placement['run'] = async ({ stage: { layered, layeredStartedAtMs } }) => {
    const atMs = isNew ? Date.now() : layeredStartedAtMs
    const { exitCode, stderr } = await layered.exec(['/bin/sh', '-c', command])
    if (exitCode !== 0) throw new Error(`${command} failed: ${stderr}`)
    return { containerId: layered.containerId, atMs, path, gaps: NOT_SCANNED, ...(signature ? { signature } : {}) }
  }
  return { name, run }
}
