import { existsSync, readFileSync } from 'node:fs'
import type { ClusterFacts } from './desired/settings.js'

const DEFAULT_DOMAIN = 'cluster.local'

/** Reads the DNS and IP settings of the operator's own pod. */
export function readClusterFacts(): ClusterFacts {
  // This file exists if the kernel supports IPv6.
  return clusterFacts(readFileSync('/etc/resolv.conf', 'utf8'), existsSync('/proc/net/if_inet6'))
}

/** Derives the facts from the content of /etc/resolv.conf. Pure. */
export function clusterFacts(resolvConf: string, hasIpv6: boolean): ClusterFacts {
  const words = resolvConf.split('\n').map((line) => line.trim().split(/\s+/))
  const dnsServer = words.find(([keyword]) => keyword === 'nameserver')?.[1]
  const searchDomains = words.flatMap(([keyword, ...domains]) => (keyword === 'search' ? domains : []))
  const domain = searchDomains.find((name) => name.startsWith('svc.'))?.slice('svc.'.length)
  return { dnsServer: dnsServer ?? '127.0.0.1', domain: domain ?? DEFAULT_DOMAIN, listenHost: hasIpv6 ? '::' : '0.0.0.0' }
}
