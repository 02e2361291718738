import { IMAGE_NAMES, type ImageTable } from '@guardimesh/contracts'
import { messageOf } from '@guardimesh/kit'
import { CommandError } from '../command-error.js'
import { queryManifest } from '../registry/query-manifest.js'
import { refusalOf } from '../registry/refusal.js'
import type { RegistryClient } from '../registry/registry-client.js'
import { type CheckResult, fail, ok } from './check.js'

const SETTING = 'Correct global.imageRegistry of the chart, or the registry.'

/** Checks that a registry has every image of a chart, by digest. Ends at the first request without an answer. */
export async function checkRegistry(client: RegistryClient, { images }: Pick<ImageTable, 'images'>): Promise<CheckResult[]> {
  const results: CheckResult[] = []
  for (const name of IMAGE_NAMES) {
    const repository = `${client.address.prefix}${name}`
    const reference = `${client.address.host}/${repository}@${images[name].digest}`
    try {
      const answer = await queryManifest(client, `repository:${repository}:pull`, repository, images[name].digest)
      if (answer.status === 200) results.push(ok(name, reference))
      else if (answer.status === 404)
        results.push(fail(name, `${reference} is missing.`, 'Load the bundle of this version: guardimesh bundle load --registry.'))
      else results.push(fail(name, `${reference}: the registry answered ${refusalOf(answer)}.`, SETTING))
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      return [...results, fail(name, `${reference} cannot be read: ${messageOf(error)}`, SETTING)]
    }
  }
  return results
}
