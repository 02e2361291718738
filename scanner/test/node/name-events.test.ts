import { chmodSync, linkSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { NameEvents } from '@guardimesh/scanner/node/name-events.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BareContainer, startBareContainer } from './container.fixture.js'

let container: BareContainer
let names: NameEvents
let seen: string[]
beforeAll(async () => {
  container = await startBareContainer()
  names = new NameEvents('/', (events) => seen.push(...events.map(({ containerId, path }) => `${containerId}:${path.toString('latin1')}`)))
  names.watch('c1', container.upperdir)
})
afterAll(async () => {
  names[Symbol.dispose]()
  await container.stop()
})

const until = async (path: string) => {
  for (let n = 0; n < 250 && !seen.includes(path); n++) await wait(20)
  expect(seen).toContain(path)
}

test.each([
  { name: 'a file', script: 'echo x > /tmp/new', path: 'c1:/tmp/new' },
  { name: 'a rename', script: 'echo x > /tmp/a; mv /tmp/a /tmp/b', path: 'c1:/tmp/b' },
  { name: 'a hard link', script: 'echo x > /tmp/c; /bin/busybox ln /tmp/c /tmp/d', path: 'c1:/tmp/d' },
  { name: 'changed attributes', script: '/bin/busybox chmod 700 /bin/busybox', path: 'c1:/bin/busybox' },
  { name: 'a file in a new folder', script: '/bin/busybox mkdir /tmp/f; echo x > /tmp/f/g', path: 'c1:/tmp/f/g' },
])('reports $name in the container', async ({ script, path }) => {
  seen = []
  await container.run(script.replace('; mv', '; /bin/busybox mv'))
  await until(path)
})

test("reports changes by the node in the upper directory, and none of the node's other files", async () => {
  seen = []
  writeFileSync(join(container.folder, 'other'), 'x')
  chmodSync(join(container.folder, 'other'), 0o600)
  mkdirSync(join(container.upperdir, 'made'))
  writeFileSync(join(container.upperdir, 'made/by-node'), 'x')
  renameSync(join(container.upperdir, 'made/by-node'), join(container.upperdir, 'made/by\xff'))
  linkSync(join(container.upperdir, 'made/by\xff'), join(container.upperdir, 'linked'))
  await until('c1:/linked')
  await until(`c1:/made/${Buffer.from('by\xff').toString('latin1')}`)
  expect(seen.filter((path) => path.includes('other'))).toEqual([])
})

test('reports nothing of a container that is no longer watched', async () => {
  names.unwatch('c1')
  seen = []
  await container.run('/bin/busybox mkdir /tmp/late; echo x > /tmp/late/file')
  await wait(300)
  expect(seen).toEqual([])
})
