/** A packet that was meant for an address outside the cluster, as one of its network interfaces saw it. */
export interface OutsidePacket {
  /** Such as "gm-node1": the control plane's, a node's or an external machine's network namespace. */
  readonly namespace: string
  readonly source: string
  readonly destination: string
  /** All that tcpdump says of it, with time and interface. */
  readonly description: string
}

/**
 * Reads what `cluster.sh capture stop` prints: namespace, tab, a line of tcpdump.
 *
 * @throws Error when a line names no source and destination.
 */
export function parseOutsidePackets(printed: string): OutsidePacket[] {
  return printed
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, namespace = '', description = ''] = /^([^\t]+)\t(.*)$/.exec(line) ?? []
      const [, source, destination] = / IP6? (\S+) > (\S+): /.exec(description) ?? []
      if (source === undefined || destination === undefined) {
        throw new Error(`the capture printed a line without source and destination: ${line}`)
      }
      return { namespace, source, destination, description }
    })
}
