import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runChecked } from '@guardimesh/kit'
import type { HashResult } from '@guardimesh/scanner/engines/hash-worker.js'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'

const SMALL = Buffer.from('small')
const LARGE = Buffer.alloc(600_000, 'large')
const POOL = new URL('../../dist/engines/hash-pool.js', import.meta.url).href

/** Emulates OpenSSL in FIPS mode in the process and its threads; Node's own build has no FIPS module. */
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
/** Hashes files inline and in the thread, and prints the results. */
const PROGRAM = `
  import { openSync } from 'node:fs'
  import { HashPool } from '${POOL}'
  const pool = new HashPool()
  const results = []
  for (const path of process.argv.slice(2)) for (const isInMemory of [true, false]) {
    const { sha256, md5 } = await pool.hash(openSync(path, 'r'), 600_000 - (path.endsWith('small') ? 599_995 : 0), isInMemory)
    results.push({ sha256: Buffer.from(sha256).toString('hex'), md5 })
  }
  await pool[Symbol.asyncDispose]()
  console.log(JSON.stringify(results))
`
let folder: string
beforeAll(async () => {
  folder = await temporaryFolder('md5')
  const files = { small: SMALL, large: LARGE, 'without-md5.mjs': WITHOUT_MD5, 'program.mjs': PROGRAM }
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
})
afterAll(() => rm(folder, { recursive: true }))

type Hashes = { readonly sha256: string } & Partial<Pick<HashResult, 'md5'>>
async function hashAll(...options: string[]): Promise<Hashes[]> {
  const paths = ['program.mjs', 'small', 'large'].map((name) => join(folder, name))
  return JSON.parse(await runChecked(process.execPath, [...options, ...paths])) as Hashes[]
}
const expected = (algorithm: string) => [SMALL, SMALL, LARGE, LARGE].map((content) => createHash(algorithm).update(content).digest('hex'))

test('computes SHA-256 and MD5, inline and in the thread', async () => {
  const hashes = await hashAll()
  expect(hashes.map(({ sha256 }) => sha256)).toEqual(expected('sha256'))
  expect(hashes.map(({ md5 }) => md5)).toEqual(expected('md5'))
})

test('computes only SHA-256 where OpenSSL does not allow MD5', async () => {
  const hashes = await hashAll('--import', join(folder, 'without-md5.mjs'))
  expect(hashes).toEqual(expected('sha256').map((sha256) => ({ sha256 })))
})
