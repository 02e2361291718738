// Verifies detection: writes the EICAR test file in this pod and waits until the API reports it with this pod and node.
import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fetchJson } from './https-json.mjs'
import { runTest, waitUntil } from './wait-until.mjs'

const { BACKEND_URL, CA_FILE, NAMESPACE, POD_NAME, NODE_NAME, TIMEOUT_SECONDS, EMAIL, SECRET_FOLDER, WRITE_FOLDER = '/tmp' } = process.env
const ca = readFileSync(CA_FILE)
// Split, so that scanners do not detect this script.
const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!', '$H+H*'].join('')

/** Headers that authenticate with the API key if there is one, else with a login. */
async function logIn() {
  const keyFile = `${SECRET_FOLDER}/api-key`
  if (existsSync(keyFile)) return { authorization: `Bearer ${readFileSync(keyFile, 'utf8').trim()}` }
  const body = { email: EMAIL, password: readFileSync(`${SECRET_FOLDER}/password`, 'utf8').trim() }
  const response = await fetchJson(`${BACKEND_URL}/login`, { ca, method: 'POST', body })
  if (response.status >= 500 || response.status === 429) throw new Error(`Login failed with HTTP status ${response.status}.`)
  const cookie = response.headers['set-cookie']?.[0]?.split(';')[0]
  return response.status === 200 && cookie ? { cookie } : { rejectedWith: response.status }
}

/** The finding for the file; undefined if it has not been reported yet. */
async function findFile(path, headers) {
  const query = new URLSearchParams({ namespace: NAMESPACE, pod: POD_NAME, node: NODE_NAME, limit: '100' })
  const { status, body } = await fetchJson(`${BACKEND_URL}/api/findings?${query}`, { ca, headers })
  if (status !== 200) throw new Error(`API request failed with HTTP status ${status}: ${body.detail ?? body}`)
  return body.items.find((finding) => finding.path === path)
}

await runTest(async () => {
  const timeoutMs = Number(TIMEOUT_SECONDS) * 1000
  const headers = await waitUntil(logIn, timeoutMs)
  if (headers.rejectedWith)
    throw new Error(
      `Login failed (HTTP ${headers.rejectedWith}): the initial password has been changed. Create an API key with the scope console:read, store it in a Secret with the key api-key, and set tests.apiKeySecret to its name.`,
    )
  const path = `${WRITE_FOLDER}/guardimesh-test-${randomUUID()}`
  const writtenAtMs = performance.now()
  writeFileSync(path, EICAR)
  try {
    const { signatureName } = await waitUntil(() => findFile(path, headers), timeoutMs).catch((error) => {
      throw new Error(`EICAR test file on node ${NODE_NAME} not detected: ${error.message}`)
    })
    return `${signatureName} detected on node ${NODE_NAME} after ${((performance.now() - writtenAtMs) / 1000).toFixed(1)} s`
  } finally {
    rmSync(path)
  }
})
