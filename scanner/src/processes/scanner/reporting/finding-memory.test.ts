import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@guardimesh/kit'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type FindingIdentity, FindingMemory, findingKey } from './finding-memory.js'

const log = createLogger('test', 'silent')
const aFinding = (over: Partial<FindingIdentity> = {}): FindingIdentity => ({
  containerId: 'c1',
  path: Buffer.from('/tmp/x'),
  sha256: Buffer.alloc(32, 1),
  signatureName: 'Test',
  scanSource: 'realtime',
  ...over,
})

describe('findingKey', () => {
  test.each([
    { name: 'another container', over: { containerId: 'c2' }, same: false },
    { name: 'another path', over: { path: Buffer.from('/tmp/y') }, same: false },
    { name: 'other content at the path', over: { sha256: Buffer.alloc(32, 2) }, same: false },
    { name: 'another signature', over: { signatureName: 'Other' }, same: false },
    { name: 'a scan that finds a file after its event', over: { scanSource: 'upperdir' as const }, same: true },
    { name: 'a process that runs the file', over: { scanSource: 'drift' as const }, same: false },
    { name: 'a scan on request', over: { scanSource: 'on_demand' as const }, same: false },
    { name: 'parts that are equal only when concatenated', over: { containerId: 'c1/tmp', path: Buffer.from('/x') }, same: false },
  ])('$name', ({ over, same }) => expect(findingKey(aFinding(over)) === findingKey(aFinding())).toBe(same))
})

describe('FindingMemory', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guardimesh-memory-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))
  const open = () => FindingMemory.open(join(folder, 'reported'), log)
  const key = findingKey(aFinding())

  test('allows one claim until the deduplication window of a finding has passed', async () => {
    using memory = await open()
    expect(memory.claim(key, 1000, 5000)).toBe(true)
    expect(memory.claim(key, 1000, 5000)).toBe(false)
    memory.markReported([key], 5000)
    expect(memory.claim(key, 1000, 5999)).toBe(false)
    expect(memory.claim(key, 1000, 6000)).toBe(true)
  })

  test('allows another claim for a finding that could not be reported', async () => {
    using memory = await open()
    memory.claim(key, 1000)
    memory.release([key])
    expect(memory.claim(key, 1000)).toBe(true)
  })

  test('keeps reported findings across a restart, forgets claims and skips damaged records', async () => {
    const [second, claimed] = [findingKey(aFinding({ signatureName: 'Second' })), findingKey(aFinding({ signatureName: 'Claimed' }))]
    {
      using memory = await open()
      memory.claim(key, 1000)
      memory.markReported([key, second])
      memory.claim(claimed, 1000)
    }
    await appendFile(join(folder, 'reported'), 'half a record')
    using memory = await open()
    expect(memory.claim(key, 60_000)).toBe(false)
    expect(memory.claim(second, 60_000)).toBe(false)
    expect(memory.claim(claimed, 60_000)).toBe(true)
  })
})
