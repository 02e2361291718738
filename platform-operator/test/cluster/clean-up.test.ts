import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from 'vitest'
import type { KubeObject } from '../../src/desired/object.js'
import { ApiServer } from '../api-server.js'
import { installCrds } from '../install-crds.js'
import { until } from '../running-operator.js'

let server: ApiServer | undefined
const CRD = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition' }
const NAMES = ['guardimeshplatforms.guardimesh.io', 'guardimeshscanners.guardimesh.io']

beforeEach(async () => {
  server ??= await ApiServer.start()
  await installCrds(server.client)
})
afterAll(() => server?.[Symbol.asyncDispose]())

const started = () => {
  if (!server) throw new Error('the API server has not been started')
  return server
}

function aScanner(owners: readonly unknown[]): KubeObject {
  const spec = {
    backend: { url: 'https://guardimesh.example' },
    apiKeySecret: { name: 'key', key: 'api-key' },
    signatureServer: { url: 'https://signatures.example' },
  }
  const metadata = { name: 'gm', namespace: 'default', ownerReferences: owners } as KubeObject['metadata']
  return { apiVersion: 'guardimesh.io/v1alpha1', kind: 'GuardimeshScanner', metadata, spec }
}

/** Runs the hook as its Job does: the compiled entry point in a separate process. */
async function runCleanUp(): Promise<{ child: ChildProcess; log: () => string }> {
  const file = join(started().folder, 'clean-up.json')
  await writeFile(file, started().kubeConfigText('admin'))
  let log = ''
  const entry = join(import.meta.dirname, '../../dist/clean-up.js')
  const child = spawn(process.execPath, [entry], { env: { PATH: process.env.PATH, KUBECONFIG: file }, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout?.on('data', (text) => (log += text))
  child.stderr?.on('data', (text) => (log += text))
  await once(child, 'spawn')
  return { child, log: () => log }
}

const crds = () => Promise.all(NAMES.map((name) => started().client.read(CRD, '', name)))
/** Number of remaining CRDs. */
const crdsLeft = async () => (await crds()).filter((crd) => crd && !crd.metadata.deletionTimestamp).length

test('waits for owned resources and then deletes the CRDs', async () => {
  const { client } = started()
  const owner = { apiVersion: 'guardimesh.io/v1alpha1', kind: 'GuardimeshPlatform', name: 'gm', uid: 'gone' }
  const scanner = await client.create(aScanner([owner]))
  const { child, log } = await runCleanUp()
  const ended = once(child, 'exit')
  await until(
    async () => log(),
    (text) => text.includes('waiting for garbage collection'),
  )
  expect(await crdsLeft()).toBe(2)
  // Acts as the garbage collector with a short delay after the deletion of the owner.
  await client.delete({ ...scanner, apiVersion: 'guardimesh.io/v1alpha1', kind: 'GuardimeshScanner' })
  expect(await ended).toEqual([0, null])
  // Waits until the CRDs no longer exist, because the next test recreates them.
  await until(crds, (found) => found.every((crd) => crd === undefined))
})

test('keeps the CRDs while resources without an owner remain', async () => {
  await until(crdsLeft, (count) => count === 2)
  await started().client.create(aScanner([]))
  const { child, log } = await runCleanUp()
  expect(await once(child, 'exit')).toEqual([0, null])
  expect(log()).toContain('default/gm')
  expect(log()).toContain('delete the resources and then the CRDs')
  expect(await crdsLeft()).toBe(2)
})
