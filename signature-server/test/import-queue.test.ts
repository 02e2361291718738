import { mkdir, rm, writeFile } from 'node:fs/promises'
import { Problem, SignatureSettings } from '@guardimesh/contracts'
import { temporaryFolder } from '@guardimesh/testbed/temporary-folder.js'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningServer, startServer } from './running-server.js'
import { aGeneration, writeVolume } from './stored-volume.js'

let folder: string
let server: RunningServer

beforeAll(async () => {
  folder = await temporaryFolder('signature-queue')
  await writeVolume(`${folder}/volume`, [aGeneration('g1')])
  await mkdir(`${folder}/volume/golden`)
  await writeFile(`${folder}/volume/golden/tool`, 'a harmless tool\n')
  server = await startServer({ folder })
})
afterAll(async () => {
  await server.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

/** A rule that runs for minutes on each file, so that one import occupies the server. */
const ENDLESS = 'rule Endless { condition: for all i in (0..100000000000) : (i >= 0) }\n'

test('responds with 429 to the 51st queued import', async () => {
  await server.put({ 'yara/endless.yar': ENDLESS })
  await server.wrote('starting test load')
  const settings = SignatureSettings.parse({ profile: 'minimal' })
  for (let n = 0; n < 50; n += 1) expect((await server.send('PUT', '/v1/settings', settings)).status).toBe(200)
  for (const [method, path, body] of [
    ['PUT', '/v1/settings', settings],
    ['PUT', '/v1/custom', { revision: 0 }],
  ] as const) {
    const answer = await server.send(method, path, body)
    expect(Problem.parse(JSON.parse(answer.body.toString()))).toMatchObject({
      status: 429,
      code: 'IMPORT_QUEUE_FULL',
      detail: 'The import queue is full (50 imports). Retry when some have finished.',
    })
  }
}, 60_000)
