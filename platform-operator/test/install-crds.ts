import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parse } from 'yaml'
import type { KubeObject } from '../src/desired/object.js'
import type { Client } from '../src/kube/client.js'

export const CRDS_FOLDER = join(import.meta.dirname, '../../charts/guardimesh/crds')

interface CrdStatus {
  /** Null until the API server sets it. */
  readonly conditions: readonly { readonly type: string; readonly status: string; readonly message: string }[] | null
}

/** Applies the CRDs of the chart and waits until the API server serves them. */
export async function installCrds(client: Client): Promise<void> {
  for (const file of await readdir(CRDS_FOLDER)) {
    const crd: KubeObject = parse(await readFile(join(CRDS_FOLDER, file), 'utf8'))
    await client.apply(crd)
    while (!(await isServed(client, crd))) await wait(50)
  }
}

/** @throws Error if the API server reports that the schema is not structural. */
async function isServed(client: Client, crd: KubeObject): Promise<boolean> {
  const { conditions } = (
    (await client.get(`/apis/${crd.apiVersion}/customresourcedefinitions/${crd.metadata.name}`)) as { status: CrdStatus }
  ).status
  const nonStructural = conditions?.find(({ type }) => type === 'NonStructuralSchema')
  if (nonStructural?.status === 'True') throw new Error(nonStructural.message)
  const names = crd.spec as { group: string; names: { plural: string } }
  if (!conditions?.some(({ type, status }) => type === 'Established' && status === 'True')) return false
  return client.get(`/apis/${names.group}/v1alpha1/namespaces/default/${names.names.plural}`).then(
    () => true,
    () => false,
  )
}
