import type { CoverageReasonName, PlatformAlertKind, SignatureAlert } from '@guardimesh/contracts'
import { formatCount } from '@guardimesh/kit'

/** A node that is silent, or whose containers are not all watched. */
export interface NodeFacts {
  readonly clusterId: string
  readonly nodeName: string
  readonly lastSeenAt: Date
  readonly isSilent: boolean
  /** As reported last. */
  readonly containersWatched: number
  readonly containersTotal: number
}

/** Coverage entries of one reason in one cluster. */
export interface CoverageGap {
  readonly clusterId: string
  readonly reason: CoverageReasonName
  readonly entries: number
  readonly containers: number
}

export interface PlatformFacts {
  readonly nodes: readonly NodeFacts[]
  readonly gaps: readonly CoverageGap[]
}

type ExpectedAlert = Pick<SignatureAlert, 'subject' | 'message' | 'facts'> & { readonly kind: PlatformAlertKind }

/** Returns the alerts that must be open. The last report of a silent node counts: silence must not clear an alert. Pure. */
export function expectedPlatformAlerts({ nodes, gaps }: PlatformFacts): ExpectedAlert[] {
  return [
    ...nodes.filter(({ isSilent }) => isSilent).map(silentAlert),
    ...nodes.filter(({ containersWatched, containersTotal }) => containersWatched < containersTotal).map(unwatchedAlert),
    ...gaps.map(coverageAlert),
  ]
}

function silentAlert({ clusterId, nodeName, lastSeenAt }: NodeFacts): ExpectedAlert {
  return {
    kind: 'node-silent',
    subject: `${clusterId}/${nodeName}`,
    message: `Node ${nodeName} of cluster ${clusterId} has not reported since ${lastSeenAt.toISOString()}. Malware on it may remain undetected. Check its scanner pod.`,
    facts: { cluster: clusterId, node: nodeName, lastSeenAt: lastSeenAt.toISOString() },
  }
}

function unwatchedAlert({ clusterId, nodeName, containersWatched, containersTotal }: NodeFacts): ExpectedAlert {
  const unwatched = containersTotal - containersWatched
  return {
    kind: 'containers-not-watched',
    subject: `${clusterId}/${nodeName}`,
    message: `${unwatched} of ${formatCount(containersTotal, 'container')} on node ${nodeName} of cluster ${clusterId} ${unwatched === 1 ? 'is' : 'are'} not watched for file events. Check the node in the console.`,
    facts: { cluster: clusterId, node: nodeName, watched: containersWatched, total: containersTotal },
  }
}

function coverageAlert({ clusterId, reason, entries, containers }: CoverageGap): ExpectedAlert {
  return {
    kind: 'coverage-gap',
    subject: `${clusterId}/${reason}`,
    message: `Content of ${formatCount(containers, 'container')} in cluster ${clusterId} was not scanned: ${reason}. Check the page Coverage of the console.`,
    facts: { cluster: clusterId, reason, entries, containers },
  }
}
