import { lstat, mkdtemp, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContainerInfoMessage } from '@guardimesh/contracts/messages'
import { createLogger } from '@guardimesh/kit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EngineLinks } from './engine-links.js'

let folder: string
let links: EngineLinks
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'links-'))
  const pods = { namespace: 'security', daemonSet: 'guardimesh-engines' }
  links = new EngineLinks({ ...pods, folder, hostRoot: '/host', log: createLogger('test', 'silent') })
})
afterEach(() => rm(folder, { recursive: true }))

const aContainer = (parts: Partial<ContainerInfoMessage> = {}) =>
  ({
    ...{ containerId: 'c1', pid: 42, namespace: 'security', podName: 'guardimesh-engines-x7k2p', containerName: 'guardimesh-antivirus' },
    ...parts,
  }) as ContainerInfoMessage
const inRootOf = (pid: number, path: string) => join('/host/proc', String(pid), 'root', path)
const target = (name: string) => readlink(join(folder, name)).catch(() => undefined)

test('leads into the mount namespace of the running container', async () => {
  links.containerStarted(aContainer())
  await expect.poll(() => target('antivirus')).toBe(inRootOf(42, '/run/guardimesh/antivirus'))
  links.containerStarted(aContainer({ containerId: 'c2', pid: 43 }))
  await expect.poll(() => target('antivirus')).toBe(inRootOf(43, '/run/guardimesh/antivirus'))
  // The end of the earlier container may be reported later.
  links.containerStopped(aContainer())
  links.containerStarted(aContainer({ containerId: 'c3', pid: 44, containerName: 'guardimesh-puller' }))
  await expect.poll(() => target('signatures')).toBe(inRootOf(44, '/signatures'))
  expect(await target('antivirus')).toBe(inRootOf(43, '/run/guardimesh/antivirus'))
  links.containerStopped(aContainer({ containerId: 'c2' }))
  await expect.poll(() => target('antivirus')).toBeUndefined()
})

test.each([
  { name: 'of another namespace', parts: { namespace: 'shop' } },
  { name: 'of another pod', parts: { podName: 'web-1' } },
  { name: 'with another name', parts: { containerName: 'constructor' } },
])('ignores a container $name', async ({ parts }) => {
  links.containerStarted(aContainer(parts))
  links.containerStarted(aContainer({ containerName: 'guardimesh-obfuscation-scanner' }))
  await expect.poll(() => target('obfuscation-scanner')).toBeDefined()
  await expect(lstat(join(folder, 'antivirus'))).rejects.toThrow('ENOENT')
})
