// The main job: a harmless test virus in this pod must be told by the API, with the right pod and node.
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fetchJson } from './https-json.mjs'
import { runTest, waitUntil } from './wait-until.mjs'

const { BACKEND_URL, CA_FILE, NAMESPACE, POD_NAME, NODE_NAME, TIMEOUT_SECONDS, EMAIL, SECRET_FOLDER, WRITE_FOLDER = '/tmp' } = process.env
const ca = readFileSync(CA_FILE)
// In parts, so that this text is not taken for it.
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!', '$H+H*'].join('')

/** Headers that let this program read: those of an API key, else of a login. */
async function logIn() {
  const keyFile = `${SECRET_FOLDER}/api-key`
  if (existsSync(keyFile)) return { authorization: `Bearer ${readFileSync(keyFile, 'utf8').trim()}` }
  const body = { email: EMAIL, password: readFileSync(`${SECRET_FOLDER}/password`, 'utf8').trim() }
  const answer = await fetchJson(`${BACKEND_URL}/login`, { ca, method: 'POST', body })
  if (answer.status >= 500 || answer.status === 429) throw new Error(`The login answered ${answer.status}.`)
  const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0]
  return answer.status === 200 && cookie ? { cookie } : { refusal: answer.status }
}

/** The finding of that file, if it is there. */
async function findFile(path, headers) {
  const query = new URLSearchParams({ namespace: NAMESPACE, pod: POD_NAME, node: NODE_NAME, limit: '100' })
  const { status, body } = await fetchJson(`${BACKEND_URL}/api/findings?${query}`, { ca, headers })
  if (status !== 200) throw new Error(`The API answered ${status}: ${body.detail ?? body}`)
  return body.items.find((finding) => finding.path === path)
}

await runTest(async () => {
  const timeoutMs = Number(TIMEOUT_SECONDS) * 1000
  const headers = await waitUntil(logIn, timeoutMs)
  if (headers.refusal)
    throw new Error(
      `The first password is not in force any more (${headers.refusal}). Make an API key of scope console:read, put it into a Secret under the key api-key, and name that in tests.apiKeySecret.`,
    )
  const path = `${WRITE_FOLDER}/guardimesh-test-${randomUUID()}`
  const writtenAtMs = performance.now()
  writeFileSync(path, EICAR)
  try {
    const { signatureName } = await waitUntil(() => findFile(path, headers), timeoutMs).catch((error) => {
      throw new Error(`The test virus in this pod on node ${NODE_NAME} was not found, ${error.message}`)
    })
    return `${signatureName} was found on node ${NODE_NAME} ${((performance.now() - writtenAtMs) / 1000).toFixed(1)} s after it was written`
  } finally {
    rmSync(path)
  }
})
