import { argumentOf, KNOWN_SOCKETS } from '@guardimesh/kit'
import { findHostProcesses, hostPathExists, listHostFolder, readHostFile } from '../../node/host-files.js'
import type { DiscoveryFacts, KubeletFacts } from './discover-runtime.js'

/** Programs that are a kubelet or embed one. */
const KUBELET_PROGRAMS = new Set(['kubelet', 'hyperkube', 'kubelite', 'k3s', 'k3s-server', 'k3s-agent', 'rke2'])
/** Maximum size of a KubeletConfiguration, which usually has a few thousand bytes. */
const MAX_CONFIG_BYTES = 256 * 1024

/** Reads the facts for the discovery from the node. */
export function readDiscoveryFacts(hostRoot: string, override: string | undefined): DiscoveryFacts {
  if (override !== undefined) return { override, kubelets: [], sockets: [] }
  const kubelets = findHostProcesses(hostRoot, KUBELET_PROGRAMS).map(({ args }) => ({ args, configTexts: readConfigTexts(hostRoot, args) }))
  const sockets = KNOWN_SOCKETS.map(({ socketPath }) => socketPath).filter((path) => hostPathExists(hostRoot, path))
  return { override, kubelets, sockets }
}

function readConfigTexts(hostRoot: string, args: KubeletFacts['args']): string[] {
  const file = argumentOf(args, '--config')
  const folder = argumentOf(args, '--config-dir')
  const dropIns = folder === undefined ? [] : listHostFolder(hostRoot, folder).filter((name) => name.endsWith('.conf'))
  const paths = [...(file === undefined ? [] : [file]), ...dropIns.map((name) => `${folder}/${name}`)]
  return paths.map((path) => readHostFile(hostRoot, path, MAX_CONFIG_BYTES)).filter((text) => text !== undefined)
}
