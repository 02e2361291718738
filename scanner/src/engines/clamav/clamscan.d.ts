/** Types for the used part of the clamscan package, which has none. */
declare module 'clamscan' {
  import type { Socket } from 'node:net'
  import type { Readable } from 'node:stream'

  export interface ScanResult {
    readonly isInfected: boolean | null
    /** Raw answer of clamd: "stream: OK". */
    readonly resultString: string
  }

  class NodeClam {
    init(options: object): Promise<NodeClam>
    scanStream(stream: Readable): Promise<ScanResult>
    /** Creates the connection of one scan. */
    _initSocket(label: string): Promise<Socket>
  }
  export = NodeClam
}
