import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CLUSTER_BINARIES } from '@guardimesh/testbed/api-server.js'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const KUBE_SCORE = join(CLUSTER_BINARIES, 'kube-score')
const CRITICAL_BELOW = 10

/** What a check asks for and an object has otherwise; why is told in docs/guides/security.md. */
interface Exception {
  /** As in kube-score's list of checks. */
  readonly check: string
  /** "Kind/name", and of a pod the containers. */
  readonly where: readonly string[]
}

const SCANNER_CONTAINERS = ['guardimesh-scanner', 'guardimesh-inspector'].map((name) => `DaemonSet/guardimesh-scanner ${name}`)
/** Two containers must see the node, and their user is its root. */
const PRIVILEGED: readonly Exception[] = [
  { check: 'container-security-context-privileged', where: SCANNER_CONTAINERS },
  { check: 'container-security-context-user-group-id', where: SCANNER_CONTAINERS },
]
/** Its volume has one writer. */
const ONE_WRITER: readonly Exception[] = [
  { check: 'deployment-replicas', where: ['Deployment/guardimesh-signature-server'] },
  { check: 'deployment-strategy', where: ['Deployment/guardimesh-signature-server'] },
]
const NODE_PORT: Exception = { check: 'service-type', where: ['Service/guardimesh-console'] }
const ONE_BACKEND: Exception = { check: 'deployment-replicas', where: ['Deployment/guardimesh-backend'] }

interface ScoredObject {
  readonly object_name: string
  readonly type_meta: { readonly kind: string }
  readonly object_meta: { readonly name: string }
  readonly checks: readonly {
    readonly check: { readonly id: string }
    readonly grade: number
    readonly skipped: boolean
    readonly comments: readonly { readonly path: string }[] | null
  }[]
}

/** Every check that an object of a file does not pass, as "check Kind/name container". */
async function complaints(file: string): Promise<string[]> {
  if (!existsSync(KUBE_SCORE)) throw new Error(`${KUBE_SCORE} is missing: e2e/cluster/build.sh --only kube-score builds it`)
  // Images go by digest, and without a registry nothing may be pulled: "Always" would change nothing, or stop everything.
  const args = ['score', '--output-format', 'json', '--kubernetes-version', 'v1.34', '--ignore-test', 'container-image-pull-policy', file]
  // It exits with 1 when it complains.
  const { stdout } = await run(KUBE_SCORE, args, { maxBuffer: 64 * 1024 * 1024 }).catch((error: { stdout: string }) => error)
  const objects = JSON.parse(stdout) as ScoredObject[]
  expect(objects.length).toBeGreaterThan(1)
  const found = objects.flatMap(({ type_meta, object_meta, checks }) =>
    checks
      .filter(({ grade, skipped }) => !skipped && grade < CRITICAL_BELOW)
      .flatMap(({ check, comments }) =>
        (comments ?? [{ path: '' }]).map(({ path }) => `${check.id} ${type_meta.kind}/${object_meta.name} ${path}`.trim()),
      ),
  )
  return [...new Set(found)].sort()
}

test.each([
  { name: 'default', exceptions: ONE_WRITER },
  { name: 'cert-manager', exceptions: [...ONE_WRITER, NODE_PORT] },
  { name: 'external-database-ingress', exceptions: [...ONE_WRITER, ONE_BACKEND] },
  { name: 'scanner', exceptions: PRIVILEGED },
])('kube-score finds nothing in what the operator makes that is not written down: $name', async ({ name, exceptions }) => {
  const expected = exceptions.flatMap(({ check, where }) => where.map((place) => `${check} ${place}`))
  expect(await complaints(join(import.meta.dirname, 'golden', `${name}.yaml`))).toEqual(expected.sort())
})
