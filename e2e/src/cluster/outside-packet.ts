/** A packet to an address outside the cluster, as captured on one of its network interfaces. */
export interface OutsidePacket {
  /** Network namespace of the control plane, a node or an external machine, such as "gm-node1". */
  readonly namespace: string
  readonly source: string
  readonly destination: string
  /** Output of tcpdump, with time and interface. */
  readonly description: string
}

/**
 * Parses the output of `cluster.sh capture stop`: namespace, tab, a line of tcpdump.
 *
 * @throws Error when a line has no source and destination.
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
