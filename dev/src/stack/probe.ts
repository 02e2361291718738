import { KIB_BYTES, SECOND_MS } from '@guardimesh/contracts'
import { JsonClient } from '@guardimesh/kit'

const LIMITS = { timeoutMs: 5 * SECOND_MS, maxResponseBytes: 64 * KIB_BYTES }

/** Address of a process's probes. */
export type ProbeAddress =
  | { readonly socketPath: string }
  /** `caFile`: certificate authorities of a process with TLS. */
  | { readonly host: string; readonly port: number; readonly caFile?: string }

/** Requests `/readyz`. @throws Error with the failed checks while the process is not ready. */
export async function checkReadyz(address: ProbeAddress): Promise<void> {
  using client = new JsonClient({ ...connectionOf(address), keepAlive: false, ...LIMITS })
  const response = await client.send({ path: '/readyz' })
  if (response.status !== 200) throw new Error(response.text().trim() || `/readyz returned ${response.status}`)
}

function connectionOf(address: ProbeAddress): { baseUrl: string; socketPath?: string; caFile?: string } {
  if ('socketPath' in address) return { baseUrl: 'http://localhost', socketPath: address.socketPath }
  const { host, port, caFile } = address
  return caFile === undefined ? { baseUrl: `http://${host}:${port}` } : { baseUrl: `https://${host}:${port}`, caFile }
}
