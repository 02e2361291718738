import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { backoffMs, type Logger, namesIn, sleep } from '@guardimesh/kit'
import { parse } from 'yaml'
import type { KubeObject } from './desired/object.js'
import type { Client } from './kube/client.js'

/**
 * Applies our CRDs, because Helm installs CRDs but never updates them. After a failure, the operator logs it and uses the installed CRDs.
 */
export async function applyOwnCrds(client: Client, folder: string, log: Logger): Promise<void> {
  for (const file of (await namesIn(folder)).filter((name) => name.endsWith('.yaml'))) {
    const crd = parse(await readFile(join(folder, file), 'utf8')) as KubeObject
    await applyCrd(client, crd, log)
  }
}

const MAX_ATTEMPTS = 5
const RETRY = { firstMs: 500, maxMs: 5_000 }

async function applyCrd(client: Client, crd: KubeObject, log: Logger): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.apply(crd)
      return
    } catch (error) {
      if (attempt === MAX_ATTEMPTS) return log.warn({ error, name: crd.metadata.name }, 'failed to update a CRD; using the installed one')
      await sleep(backoffMs(attempt, RETRY))
    }
  }
}
