// Waits until the resource is ready.
import { readFileSync } from 'node:fs'
import { fetchJson } from './https-json.mjs'
import { runTest, waitUntil } from './wait-until.mjs'

const { NAMESPACE, RESOURCE, TIMEOUT_SECONDS, API_URL = 'https://kubernetes.default.svc', ACCOUNT_FOLDER } = process.env
const folder = ACCOUNT_FOLDER ?? '/var/run/secrets/kubernetes.io/serviceaccount'
const url = `${API_URL}/apis/guardimesh.io/v1alpha1/namespaces/${NAMESPACE}/${RESOURCE}`

async function readIfReady() {
  const authorization = `Bearer ${readFileSync(`${folder}/token`, 'utf8')}`
  const { status, body } = await fetchJson(url, { ca: readFileSync(`${folder}/ca.crt`), headers: { authorization } })
  if (status !== 200) throw new Error(`API server request failed with HTTP status ${status}: ${body.message ?? body}`)
  const conditions = body.status?.conditions ?? []
  const isObserved = body.status?.observedGeneration === body.metadata.generation
  if (isObserved && conditions.some(({ type, status }) => type === 'Ready' && status === 'True')) return body.status
  const blocking = conditions.filter(({ type, status }) => type !== 'Progressing' && status !== 'True')
  throw new Error(
    blocking.map(({ type, reason, message }) => `${type}: ${reason}: ${message}`).join('\n') || 'The operator has not reported yet.',
  )
}

await runTest(async () => {
  const { version } = await waitUntil(readIfReady, Number(TIMEOUT_SECONDS) * 1000).catch((error) => {
    throw new Error(`${RESOURCE} did not become ready: ${error.message}`)
  })
  return `${RESOURCE} is ready, version ${version}`
})
