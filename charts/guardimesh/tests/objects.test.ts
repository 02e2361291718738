import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { USER_IDS } from '@guardimesh/contracts'
import { beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { imageDigest, type KubeObject, parseObjects, TESTS_FOLDER } from './chart.js'

/** Invariants of all objects of all cases. render.test.ts verifies that the expected files match the output of helm. */
const cases = readdirSync(join(TESTS_FOLDER, 'expected'))

interface PodObject {
  readonly owner: string
  // biome-ignore lint/suspicious/noExplicitAny: specification of a pod with arbitrary fields
  readonly spec: any
}

/** Pod specifications of an object of any kind: everything that has containers. */
function podsOf(object: KubeObject): PodObject[] {
  const owner = `${object.kind} ${object.metadata.name}`
  const within = (value: unknown): object[] => {
    if (typeof value !== 'object' || value === null) return []
    return 'containers' in value ? [value] : Object.values(value).flatMap(within)
  }
  return within(object).map((spec) => ({ owner, spec }))
}

const userOf = (owner: string) => {
  if (owner === 'Deployment guardimesh-operator') return USER_IDS.operator
  return owner.startsWith('Job ') ? USER_IDS.hooks : USER_IDS.tests
}
const hookOf = ({ metadata }: KubeObject) => metadata.annotations?.['helm.sh/hook']
const isClusterWide = ({ kind }: KubeObject) => /^(Cluster|ValidatingAdmission|SecurityContextConstraints)/.test(kind)

describe.each(cases)('%s', (name) => {
  let objects: KubeObject[] = []
  let pods: PodObject[] = []
  beforeAll(async () => {
    objects = parseObjects(await readFile(join(TESTS_FOLDER, 'expected', name), 'utf8'))
    pods = objects.flatMap(podsOf)
  })

  test('labels every object and creates no duplicates', () => {
    expect(objects.length).toBeGreaterThan(8)
    for (const { metadata } of objects)
      expect(metadata.labels, metadata.name).toMatchObject({
        'app.kubernetes.io/name': expect.stringMatching(/^guardimesh-/),
        'app.kubernetes.io/instance': 'guardimesh',
        'app.kubernetes.io/part-of': 'guardimesh',
        'app.kubernetes.io/version': '1.2.3',
        'app.kubernetes.io/managed-by': 'Helm',
      })
    const keys = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    expect(keys).toEqual([...new Set(keys)])
  })

  test('places namespaced objects in the release namespace', () => {
    for (const object of objects)
      expect(object.metadata.namespace, object.metadata.name).toBe(isClusterWide(object) ? undefined : 'guardimesh-system')
  })

  test('complies with the Pod Security Standard restricted', () => {
    expect(pods.length).toBeGreaterThan(1)
    for (const { owner, spec } of pods) {
      expect(spec.securityContext, owner).toMatchObject({
        runAsNonRoot: true,
        runAsUser: userOf(owner),
        seccompProfile: { type: 'RuntimeDefault' },
      })
      expect([spec.hostNetwork, spec.hostPID, spec.hostIPC, spec.initContainers], owner).toEqual([
        undefined,
        undefined,
        undefined,
        undefined,
      ])
      for (const { securityContext } of spec.containers)
        expect(securityContext, owner).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: owner !== 'Pod guardimesh-test-find-eicar',
          capabilities: { drop: ['ALL'] },
        })
    }
  })

  test('places every pod by the values, with the credentials of the registry', async () => {
    const values = parse(await readFile(join(TESTS_FOLDER, 'cases', name), 'utf8'))
    const { nodeSelector, tolerations, affinity, priorityClassName } = values?.operator ?? {}
    for (const { owner, spec } of pods) {
      expect(spec, owner).toMatchObject(
        Object.fromEntries(Object.entries({ nodeSelector, tolerations, priorityClassName }).filter(([, value]) => value !== undefined)),
      )
      expect(spec.imagePullSecrets, owner).toEqual(values?.global?.imagePullSecrets)
      expect(spec.affinity?.nodeAffinity, owner).toEqual(affinity?.nodeAffinity)
      // Rules between the operator's own pods.
      expect(spec.affinity?.podAntiAffinity, owner).toEqual(owner.startsWith('Deployment') ? affinity?.podAntiAffinity : undefined)
    }
  })

  test('sets resources and an image by digest for every container', () => {
    for (const { owner, spec } of pods)
      for (const { image, imagePullPolicy, resources } of spec.containers) {
        const [, registry, imageName, digest] = /^(.+)\/([a-z-]+)@(sha256:[0-9a-f]{64})$/.exec(image) ?? []
        expect(digest, owner).toBe(imageDigest(imageName ?? ''))
        expect(imagePullPolicy, owner).toBe(registry === 'guardimesh.local' ? 'Never' : 'IfNotPresent')
        expect(Object.keys({ ...resources.requests }).sort(), owner).toEqual(['cpu', 'ephemeral-storage', 'memory'])
        expect(Object.keys({ ...resources.limits }).sort(), owner).toEqual(['cpu', 'ephemeral-storage', 'memory'])
      }
  })

  test('mounts a token only in pods that use the Kubernetes API', () => {
    const withToken = pods.filter(({ spec }) => spec.automountServiceAccountToken !== false).map(({ owner }) => owner)
    const known = ['Deployment guardimesh-operator', 'Job guardimesh-apply-crds', 'Job guardimesh-clean-up', 'Pod guardimesh-test-ready']
    expect(known).toEqual(expect.arrayContaining(withToken))
    expect(withToken).toContain('Deployment guardimesh-operator')
  })

  test('grants scanners exactly the documented permissions, and uses no wildcards in roles', () => {
    const scanner = objects.find(({ kind, metadata }) => kind === 'ClusterRole' && metadata.name === 'guardimesh-scanner')
    expect(scanner?.rules).toEqual([
      { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list'] },
      { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch'] },
      { apiGroups: [''], resources: ['namespaces'], verbs: ['get', 'list'] },
    ])
    for (const { rules } of objects.filter(({ kind }) => kind.endsWith('Role'))) expect(JSON.stringify(rules)).not.toContain('*')
  })

  test('stores no Secret in the release and deletes all hook objects', () => {
    expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([])
    for (const object of objects.filter(hookOf))
      expect(object.metadata.annotations?.['helm.sh/hook-delete-policy'], object.metadata.name).toBe(
        'before-hook-creation,hook-succeeded,hook-failed',
      )
  })

  test('binds roles to existing service accounts and roles', () => {
    // The operator creates the service account of the scanner.
    const accounts = ['guardimesh-scanner', ...objects.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata.name)]
    for (const { subjects, roleRef } of objects.filter(({ kind }) => kind.endsWith('RoleBinding'))) {
      for (const subject of subjects)
        if (subject.kind === 'ServiceAccount') expect(accounts).toContain(subject.name)
        else expect(subject.name).toBe('system:serviceaccounts:guardimesh-system')
      const names = objects.filter(({ kind }) => kind === roleRef.kind).map(({ metadata }) => metadata.name)
      expect([...names, 'system:openshift:scc:nonroot-v2']).toContain(roleRef.name)
    }
  })
})
