import { existsSync, readFileSync } from 'node:fs'
import type { ClusterFacts } from './desired/settings.js'

const DEFAULT_DOMAIN = 'cluster.local'

type PodFacts = Omit<ClusterFacts, 'kubeletFolder'>

/** Reads the DNS and IP settings of the operator's own pod. */
export function readPodFacts(): PodFacts {
  // This file exists if the kernel supports IPv6.
  return podFacts(readFileSync('/etc/resolv.conf', 'utf8'), existsSync('/proc/net/if_inet6'))
}

/** Derives the facts from the content of /etc/resolv.conf. Pure. */
export function podFacts(resolvConf: string, hasIpv6: boolean): PodFacts {
  const words = resolvConf.split('\n').map((line) => line.trim().split(/\s+/))
  const dnsServer = words.find(([keyword]) => keyword === 'nameserver')?.[1]
  const searchDomains = words.flatMap(([keyword, ...domains]) => (keyword === 'search' ? domains : []))
  const domain = searchDomains.find((name) => name.startsWith('svc.'))?.slice('svc.'.length)
  return { dnsServer: dnsServer ?? '127.0.0.1', domain: domain ?? DEFAULT_DOMAIN, listenHost: hasIpv6 ? '::' : '0.0.0.0' }
}

/**
 * Derives the kubelet's root folder from the version of the API server, such as "v1.34.1+k0s". k3s and RKE2 use the usual one; MicroK8s links
 * it to its own. Pure.
 */
export function kubeletFolder(gitVersion: string): string {
  return gitVersion.includes('+k0s') ? '/var/lib/k0s/kubelet' : '/var/lib/kubelet'
}
