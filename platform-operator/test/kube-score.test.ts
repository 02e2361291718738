import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { MIB_BYTES } from '@guardimesh/contracts'
import { runProgram } from '@guardimesh/kit'
import { CLUSTER_BINARIES } from '@guardimesh/testbed/api-server.js'
import { expect, test } from 'vitest'

const KUBE_SCORE = join(CLUSTER_BINARIES, 'kube-score')
const CRITICAL_BELOW = 10

/** A check that objects fail on purpose; docs/guides/security.md states the reasons. */
interface Exception {
  /** Name in kube-score's list of checks. */
  readonly check: string
  /** "Kind/name", with the name of the container if it applies to one. */
  readonly where: readonly string[]
}

const SCANNER_CONTAINERS = ['guardimesh-scanner', 'guardimesh-inspector'].map((name) => `DaemonSet/guardimesh-scanner ${name}`)
/** Exceptions of the containers that access the node and run as root. */
const PRIVILEGED: readonly Exception[] = [
  { check: 'container-security-context-privileged', where: SCANNER_CONTAINERS },
  {
    check: 'container-security-context-user-group-id',
    where: [...SCANNER_CONTAINERS, 'DaemonSet/guardimesh-scanner guardimesh-profile-installer'],
  },
]
/** Exceptions of a workload whose volume allows only one writer. */
const SINGLE_WRITER: readonly Exception[] = [
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

/** Failed checks of the objects in a file, as "check Kind/name container". */
async function failedChecks(file: string): Promise<string[]> {
  if (!existsSync(KUBE_SCORE)) throw new Error(`${KUBE_SCORE} is missing: e2e/cluster/build.sh --only kube-score builds it`)
  // Images are referenced by digest, so the policy Always changes nothing; without a registry, nothing can be pulled at all.
  const args = ['score', '--output-format', 'json', '--kubernetes-version', 'v1.34', '--ignore-test', 'container-image-pull-policy', file]
  // It exits with 1 if a check fails.
  const { stdout } = await runProgram(KUBE_SCORE, args, { maxOutputBytes: 64 * MIB_BYTES })
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
  { name: 'default', exceptions: SINGLE_WRITER },
  { name: 'cert-manager', exceptions: [...SINGLE_WRITER, NODE_PORT] },
  { name: 'external-database-ingress', exceptions: [...SINGLE_WRITER, ONE_BACKEND] },
  { name: 'scanner', exceptions: PRIVILEGED },
])('passes kube-score except for the documented exceptions: $name', async ({ name, exceptions }) => {
  const expected = exceptions.flatMap(({ check, where }) => where.map((place) => `${check} ${place}`))
  expect(await failedChecks(join(import.meta.dirname, 'golden', `${name}.yaml`))).toEqual(expected.sort())
})
