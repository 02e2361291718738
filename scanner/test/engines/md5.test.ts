import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { HashResult } from '@guardimesh/scanner/engines/hash-worker.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'

const SMALL = Buffer.from('small')
const LARGE = Buffer.alloc(600_000, 'large')
const POOL = new URL('../../dist/engines/hash-pool.js', import.meta.url).href

/** Node's crypto as it is where OpenSSL is in FIPS mode, in the process and in its threads; Node's own build has no such module to load. */
const WITHOUT_MD5 = `
  import crypto from 'node:crypto'
  import { syncBuiltinESMExports } from 'node:module'
  for (const name of ['createHash', 'hash']) {
    const allowed = crypto[name]
    crypto[name] = (algorithm, ...rest) => {
      if (algorithm === 'md5') throw new Error('error:0308010C:digital envelope routines::unsupported')
      return allowed(algorithm, ...rest)
    }
  }
  syncBuiltinESMExports()
`
/** Hashes files on the spot and in the thread, and tells what came of it. */
const PROGRAM = `
  import { openSync } from 'node:fs'
  import { HashPool } from '${POOL}'
  const pool = new HashPool()
  const told = []
  for (const path of process.argv.slice(2)) for (const isInMemory of [true, false]) {
    const { sha256, md5 } = await pool.hash(openSync(path, 'r'), 600_000 - (path.endsWith('small') ? 599_995 : 0), isInMemory)
    told.push({ sha256: Buffer.from(sha256).toString('hex'), md5 })
  }
  await pool[Symbol.asyncDispose]()
  console.log(JSON.stringify(told))
`
let folder: string
beforeAll(async () => {
  folder = await temporaryFolder('md5')
  const files = { small: SMALL, large: LARGE, 'without-md5.mjs': WITHOUT_MD5, 'program.mjs': PROGRAM }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
})
afterAll(() => rm(folder, { recursive: true }))

type Told = { readonly sha256: string } & Partial<Pick<HashResult, 'md5'>>
async function hashAll(...options: string[]): Promise<Told[]> {
  const paths = ['program.mjs', 'small', 'large'].map((name) => join(folder, name))
  const { stdout } = await promisify(execFile)(process.execPath, [...options, ...paths])
  return JSON.parse(stdout) as Told[]
}
const expected = (algorithm: string) => [SMALL, SMALL, LARGE, LARGE].map((content) => createHash(algorithm).update(content).digest('hex'))

test('a content has its SHA-256 and its MD5, on the spot and in the thread', async () => {
  const told = await hashAll()
  expect(told.map(({ sha256 }) => sha256)).toEqual(expected('sha256'))
  expect(told.map(({ md5 }) => md5)).toEqual(expected('md5'))
})

test('where OpenSSL forbids MD5, it has its SHA-256', async () => {
  const told = await hashAll('--import', join(folder, 'without-md5.mjs'))
  expect(told).toEqual(expected('sha256').map((sha256) => ({ sha256 })))
})
