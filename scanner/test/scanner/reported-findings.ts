import type { FindingMessage } from '@guardimesh/contracts'
import { vi } from 'vitest'
import type { startNode } from './running-scanner.js'

type Node = Awaited<ReturnType<typeof startNode>>

/** Returns the path of a finding, a character for each byte. */
export function pathOf({ path }: Pick<FindingMessage, 'path'>): string {
  return Buffer.from(path).toString('latin1')
}

/** Lists the findings that a node has reported for a container. */
export function findingsAt(node: Node, path: RegExp, containerId: string): FindingMessage[] {
  return node.backend.results
    .filter((result) => result.containerId === containerId)
    .flatMap((result) => result.findings)
    .filter((finding) => path.test(pathOf(finding)))
}

/** Waits for a finding of a container. */
export function foundAt(node: Node, path: RegExp, signature: RegExp, containerId: string): Promise<FindingMessage> {
  return vi.waitFor(
    () => {
      const finding = findingsAt(node, path, containerId).find(({ signatureName }) => signature.test(signatureName))
      if (!finding) throw new Error(`no ${signature} at ${path} yet`)
      return finding
    },
    { timeout: 8000, interval: 10 },
  )
}
