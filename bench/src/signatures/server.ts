import { copyFile, mkdir, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { basename, join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { SECOND_MS, SignatureServerStatus } from '@guardimesh/contracts'
import { REPOSITORY_FOLDER } from '@guardimesh/dev/stack/folders.js'
import { freePort } from '@guardimesh/dev/stack/ports.js'
import { readCaFile, sleep } from '@guardimesh/kit'
import type { TestAuthority } from '@guardimesh/testbed/certificates.js'
import { startChild } from '@guardimesh/testbed/child-process.js'

const IMPORT_TIMEOUT_MS = 300 * SECOND_MS
const POLL_INTERVAL_MS = 200
const MANAGEMENT_KEY = 'management-key-of-a-measurement'

/** The compiled signature server with TLS and its own volume, as in a cluster. */
export interface SignatureServerUnderTest extends AsyncDisposable {
  readonly port: number
  /** Copies a database to `incoming/` and waits until it is published. @throws Error if it is rejected. */
  publish(file: string): Promise<string>
}

export async function startSignatureServer(folder: string, authority: TestAuthority): Promise<SignatureServerUnderTest> {
  const volume = join(folder, 'volume')
  await mkdir(join(volume, 'incoming'), { recursive: true })
  const { certificateFile, keyFile } = await authority.issue('IP:127.0.0.1')
  const port = await freePort(0)
  const managementKeyFile = join(folder, 'management-key')
  await writeFile(managementKeyFile, MANAGEMENT_KEY)
  const headers = { authorization: `Bearer ${MANAGEMENT_KEY}` }
  const status = async () =>
    SignatureServerStatus.parse(JSON.parse((await getBody(port, '/v1/status', authority.caFile, headers)).toString()))
  const child = await startChild({
    name: 'signature-server',
    command: process.execPath,
    args: [join(REPOSITORY_FOLDER, 'signature-server/dist/main.js')],
    folder,
    env: {
      PATH: process.env.PATH,
      SIGNATURES_FOLDER: volume,
      STARTER_FOLDER: join(folder, 'no-starter-set'),
      LISTEN_HOST: '127.0.0.1',
      PORT: String(port),
      TLS_CERTIFICATE_FILE: certificateFile,
      TLS_KEY_FILE: keyFile,
      MANAGEMENT_KEY_FILE: managementKeyFile,
      // All nodes of a measurement have the same address, which may use three quarters of the downloads.
      MAX_DOWNLOADS: '512',
      STABLE_SECONDS: '0.5',
      LOG_LEVEL: 'warn',
    },
    isReady: async () => (await status()).imports !== undefined,
  })
  const publish = async (file: string) => {
    const known = new Set((await status()).imports.map(({ importId }) => importId))
    await copyFile(file, join(volume, 'incoming', basename(file)))
    const deadlineMs = Date.now() + IMPORT_TIMEOUT_MS
    while (Date.now() < deadlineMs) {
      const ended = (await status()).imports.find(({ importId, endedAt }) => endedAt !== null && !known.has(importId))
      if (ended?.state === 'published') return ended.generation
      if (ended) throw new Error(`${ended.check}: ${ended.message}`)
      await sleep(POLL_INTERVAL_MS)
    }
    throw new Error(`${basename(file)} was not published within ${IMPORT_TIMEOUT_MS} ms`)
  }
  return { port, publish, [Symbol.asyncDispose]: () => child.stop() }
}

/** @throws Error for a status other than 200. */
export async function getBody(port: number, path: string, caFile: string, headers: Record<string, string> = {}): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, headers, ca: readCaFile(caFile), agent: false }, (response) => {
      buffer(response).then((body) => {
        if (response.statusCode === 200) resolve(body)
        else reject(new Error(`${path} returned status ${response.statusCode}: ${body.toString().slice(0, 300)}`))
      }, reject)
    })
    outgoing.on('error', reject)
    outgoing.end()
  })
}
