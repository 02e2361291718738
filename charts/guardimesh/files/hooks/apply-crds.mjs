// Updates the CRDs in the cluster to those in the operator's image.
import { readdirSync, readFileSync } from 'node:fs'

const FOLDER = process.env.CRDS_FOLDER ?? '/app/crds'
const API = process.env.API_URL ?? 'https://kubernetes.default.svc'
const token = readFileSync(process.env.TOKEN_FILE ?? '/var/run/secrets/kubernetes.io/serviceaccount/token', 'utf8')

const files = readdirSync(FOLDER).filter((file) => file.endsWith('.yaml'))
if (files.length === 0) throw new Error(`No CRDs found in ${FOLDER}: the image is incomplete.`)
for (const file of files) {
  // Files are named GROUP_PLURAL.yaml, CRDs PLURAL.GROUP.
  const name = file.slice(0, -'.yaml'.length).split('_').reverse().join('.')
  const response = await fetch(
    `${API}/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}?fieldManager=guardimesh-operator&force=true`,
    {
      method: 'PATCH',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/apply-patch+yaml' },
      body: readFileSync(`${FOLDER}/${file}`),
    },
  )
  if (!response.ok) throw new Error(`The API server rejected the CRD ${name} (HTTP ${response.status}): ${await response.text()}`)
  process.stdout.write(`${name} is up to date\n`)
}
