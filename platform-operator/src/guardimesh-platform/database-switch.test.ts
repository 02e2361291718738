import { describe, expect, test } from 'vitest'
import { bundledDatabaseUrl, externalDatabaseUrl } from '../desired/database.js'
import { somePlatformSettings } from '../desired/fixtures.fixture.js'
import { type KubeObject, refKey, refOf } from '../desired/object.js'
import { withPlatformDefaults } from '../desired/platform-defaults.js'
import { foundationObjects } from '../desired/platform-objects.js'
import type { PlatformSettings } from '../desired/platform-settings.js'
import { databaseReady, migrated } from './database-conditions.js'
import type { PlatformObservation } from './observe.js'
import type { Progress } from './progress.js'
import { externalDatabasePorts, withDatabaseInUse } from './running-database.js'
import type { SetUpState } from './set-up-state.js'

const settings = somePlatformSettings()
const { owner, cluster } = settings
const BUNDLED = bundledDatabaseUrl(settings)
const externalAt = (host: string, port = '5432') =>
  externalDatabaseUrl({ host, port, name: 'gm', user: 'gm', sslMode: 'require', hasAuthority: false })
const EXTERNAL = externalAt('db.example')
const external = withPlatformDefaults({ database: { type: 'External', external: { secret: { name: 'db' } } } })

function aDeployment(component: string, url: string, { ready = 1, generation = 1 } = {}): KubeObject {
  const template = { spec: { containers: [{ env: [{ name: 'DATABASE_URL', value: url }] }] } }
  const status = { observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: ready }
  const metadata = { name: `guardimesh-${component}`, generation }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec: { replicas: 1, template }, status }
}
const postgres: KubeObject = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'guardimesh-postgres' } }
const mapOf = (...objects: KubeObject[]) => new Map(objects.map((object) => [refKey(refOf(object)), object]))
const both = (url: string) => [aDeployment('backend', url), aDeployment('worker', url)]

describe('the bundled database', () => {
  test.each([
    { name: 'while the pods use it', objects: [postgres, ...both(BUNDLED)], isNeeded: true },
    {
      name: 'while the worker still uses it',
      objects: [postgres, aDeployment('backend', EXTERNAL), aDeployment('worker', BUNDLED)],
      isNeeded: true,
    },
    {
      name: 'while pods with its successor are not ready',
      objects: [postgres, aDeployment('backend', EXTERNAL, { ready: 0 }), aDeployment('worker', EXTERNAL)],
      isNeeded: true,
    },
    {
      name: 'while the change has not been rolled out',
      objects: [postgres, aDeployment('backend', EXTERNAL, { generation: 2 }), aDeployment('worker', EXTERNAL)],
      isNeeded: true,
    },
    { name: 'before the first version of the backend', objects: [postgres], isNeeded: true },
    { name: 'not once all pods use its successor', objects: [postgres, ...both(EXTERNAL)], isNeeded: false },
    { name: 'not if there is none', objects: both(EXTERNAL), isNeeded: false },
  ])('is kept $name', ({ objects, isNeeded }) => {
    expect(withDatabaseInUse(external, mapOf(...objects), { owner, cluster }).database.isBundledNeeded).toBe(isNeeded)
  })

  test('stays as it is and reachable while it is kept', () => {
    const kept = withDatabaseInUse(external, mapOf(postgres, ...both(BUNDLED)), { owner, cluster })
    const objects = foundationObjects({ ...settings, spec: kept, externalDatabasePorts: [6432] })
    const names = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
    for (const kind of ['Service', 'ServiceAccount', 'NetworkPolicy']) expect(names).toContain(`${kind} guardimesh-postgres`)
    // The spec has no settings for it, so it must not be applied with others.
    for (const kind of ['StatefulSet', 'PersistentVolumeClaim']) expect(names).not.toContain(`${kind} guardimesh-postgres`)
    const policy = JSON.stringify(objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === 'guardimesh-backend'))
    expect(policy).toContain('"app.kubernetes.io/name":"guardimesh-postgres"')
    expect(policy).toContain('"port":6432')
  })
})

test('lists the ports of the external databases in use and wanted', () => {
  const urls = [externalAt('new.example', '6432'), externalAt('old.example'), BUNDLED].map((url) => new URL(url))
  expect(externalDatabasePorts([...urls, undefined], { owner, cluster })).toEqual([5432, 6432])
})

describe('the conditions while the database is switched', () => {
  const observed = (...objects: KubeObject[]) =>
    ({ owner, cluster, spec: external, objects: mapOf(...objects), podProblems: new Map() }) as unknown as PlatformObservation
  const progress = (setUp: SetUpState): Progress => ({
    isPaused: false,
    missingCertificates: [],
    setUp,
    settings: { ...settings, spec: external, database: { ...settings.database, url: EXTERNAL } } satisfies PlatformSettings,
  })
  const unreachable = {
    result: 'database-unreachable',
    message: 'getaddrinfo ENOTFOUND db.example',
    administrator: 'unknown',
    schema: '',
  } as const

  test('state the host, the error and what runs', () => {
    const failed = progress({ kind: 'running', outcome: unreachable })
    const message =
      'Failed to connect to the external database db.example:5432: getaddrinfo ENOTFOUND db.example. The previous version keeps running with the bundled database.'
    expect(databaseReady(observed(postgres, ...both(BUNDLED)), failed)).toEqual({ status: 'False', reason: 'Unreachable', message })
    const stopped = observed(postgres, aDeployment('backend', BUNDLED, { ready: 0 }), aDeployment('worker', BUNDLED))
    expect(databaseReady(stopped, failed).message).toContain('The previous version, which uses the bundled database, is not ready.')
    expect(databaseReady(observed(), failed).message).toContain('No version of the backend runs yet.')
  })

  test('state that data is not copied', () => {
    const state = databaseReady(observed(postgres, ...both(BUNDLED)), progress({ kind: 'running', outcome: undefined }))
    expect(state).toMatchObject({ status: 'False', reason: 'SwitchingDatabase' })
    expect(state.message).toContain('Switching to the external database db.example:5432')
    expect(state.message).toContain('Existing data is not copied.')
  })

  test('name the database of a failed migration and of a successful switch', () => {
    const failed = progress({
      kind: 'failed',
      outcome: { ...unreachable, result: 'failed', message: 'permission denied' },
      failedAt: new Date(),
    })
    expect(migrated(observed(postgres, ...both(BUNDLED)), failed).message).toBe(
      'permission denied. The previous version keeps running with the bundled database. The set-up Job is retried every 5 minutes.',
    )
    expect(databaseReady(observed(...both(EXTERNAL)), progress({ kind: 'done', outcome: undefined }))).toMatchObject({
      status: 'True',
      message: 'The set-up Job connected to the external database db.example:5432.',
    })
  })
})
