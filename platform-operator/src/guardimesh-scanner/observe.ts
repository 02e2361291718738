import { componentName, GuardimeshScannerSpec } from '@guardimesh/contracts'
import type { KubeObject, Owner } from '../desired/object.js'
import { type ScannerSpec, withScannerDefaults } from '../desired/scanner-defaults.js'
import { SCANNER } from '../kube/kinds.js'
import type { OperatorContext } from '../reconcile/context.js'

/** Everything that a decision about scanners is made from. */
export interface ScannerObservation {
  readonly now: Date
  readonly resource: KubeObject
  readonly owner: Owner
  readonly spec: ScannerSpec | undefined
  readonly specProblem: string
  /** By name; undefined when one is not there. */
  readonly secrets: ReadonlyMap<string, KubeObject | undefined>
  readonly daemonSet: KubeObject | undefined
}

/** Reads everything about one GuardimeshScanner. @returns undefined when it is gone. */
export async function observeScanner(name: string, context: OperatorContext): Promise<ScannerObservation | undefined> {
  const { cache, client, namespace, clock } = context
  const resource = cache.find({ ...SCANNER, name })
  if (!resource || resource.metadata.deletionTimestamp) return undefined
  const parsed = GuardimeshScannerSpec.safeParse(resource.spec ?? {})
  const spec = parsed.success ? withScannerDefaults(parsed.data) : undefined
  const secret = { apiVersion: 'v1', kind: 'Secret' }
  const read = async (secretName: string) =>
    [secretName, cache.find({ ...secret, name: secretName }) ?? (await client.read(secret, namespace, secretName))] as const
  return {
    now: clock(),
    resource,
    owner: { apiVersion: SCANNER.apiVersion, kind: SCANNER.kind, name, namespace, uid: resource.metadata.uid ?? '' },
    spec,
    specProblem: parsed.success ? '' : parsed.error.issues.map((issue) => `spec.${issue.path.join('.')}: ${issue.message}`).join('; '),
    secrets: new Map(await Promise.all((spec ? secretNames(spec) : []).map(read))),
    daemonSet: cache.find({ apiVersion: 'apps/v1', kind: 'DaemonSet', name: componentName(name, 'scanner') }),
  }
}

function secretNames({ apiKeySecret, backend, signatureServer, images }: ScannerSpec): string[] {
  const given = [apiKeySecret, backend.caSecret, signatureServer.caSecret, signatureServer.catalogKeySecret, ...(images?.pullSecrets ?? [])]
  return [...new Set(given.flatMap((secret) => (secret ? [secret.name] : [])))]
}
