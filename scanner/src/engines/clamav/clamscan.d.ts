/** What this project uses of the clamscan package, which brings no types. */
declare module 'clamscan' {
  import type { Socket } from 'node:net'
  import type { Readable } from 'node:stream'

  export interface ScanResult {
    readonly isInfected: boolean | null
    /** clamd's answer as it came: "stream: OK". */
    readonly resultString: string
  }

  class NodeClam {
    init(options: object): Promise<NodeClam>
    scanStream(stream: Readable): Promise<ScanResult>
    /** Makes the connection of one scan. */
    _initSocket(label: string): Promise<Socket>
  }
  export = NodeClam
}
