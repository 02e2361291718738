/** A packet to an address outside the cluster, as captured on one of its network interfaces. */
export interface OutsidePacket {
  /** Network namespace of the control plane, a node or an external machine, for example "gm-node1". */
  readonly namespace: string
  readonly source: string
  readonly destination: string
  /** tcpdump's description with time and interface. */
  readonly description: string
}

/**
 * Parses the output of `cluster.sh capture stop`: namespace, tab, tcpdump's line.
 *
 * @throws Error if a line has no source and destination.
 */
export function parseOutsidePackets(output: string): OutsidePacket[] {
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, namespace = '', description = ''] = /^([^\t]+)\t(.*)$/.exec(line) ?? []
      const [, source, destination] = / IP6? (\S+) > (\S+): /.exec(description) ?? []
      if (source === undefined || destination === undefined) {
        throw new Error(`invalid line of the capture, without source and destination: ${line}`)
      }
      return { namespace, source, destination, description }
    })
}
