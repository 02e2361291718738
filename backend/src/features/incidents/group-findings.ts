import { createHash } from 'node:crypto'
import { type ScanSourceName, SEVERITIES, type SeverityName } from '@guardimesh/contracts'

/** The fields of a finding that incidents need. */
export interface IncidentFinding {
  readonly clusterId: string
  /** Hexadecimal; null without a hash. */
  readonly sha256: string | null
  readonly signatureName: string
  readonly imageDigest: string
  readonly severity: SeverityName
  readonly scanSource: ScanSourceName
  readonly nodeName: string
  readonly namespace: string
  readonly podName: string
  readonly containerName: string
}

/** A workload of a group. */
export interface GroupedWorkload {
  readonly namespace: string
  readonly workload: string
  nodeName: string
  findings: number
}

/** The findings of one content in one cluster. */
export interface FindingGroup {
  readonly clusterId: string
  /** Hexadecimal; unique in the cluster. */
  readonly contentKey: string
  readonly sha256: string | null
  readonly imageDigest: string
  /** Of the first finding with the highest severity. */
  signatureName: string
  /** Highest severity. */
  severity: SeverityName
  findings: number
  readonly workloads: Map<string, GroupedWorkload>
  readonly nodes: Set<string>
  readonly namespaces: Set<string>
  readonly sources: Set<ScanSourceName>
}

/** Groups findings by incident key, in the order in which all transactions lock incidents. Pure. */
export function groupFindings(findings: readonly IncidentFinding[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>()
  for (const finding of findings) {
    const contentKey = finding.sha256 ?? keyWithoutHash(finding)
    const key = groupKey({ clusterId: finding.clusterId, contentKey })
    const group = groups.get(key) ?? newGroup(finding, contentKey)
    groups.set(key, group)
    add(group, finding)
  }
  return [...groups.values()].sort(compareGroups)
}

/** Identifies a group in a batch. */
export function groupKey({ clusterId, contentKey }: Pick<FindingGroup, 'clusterId' | 'contentKey'>): string {
  return `${contentKey}${clusterId}`
}

function newGroup({ clusterId, sha256, imageDigest, signatureName, severity }: IncidentFinding, contentKey: string): FindingGroup {
  const sets = { workloads: new Map(), nodes: new Set<string>(), namespaces: new Set<string>(), sources: new Set<ScanSourceName>() }
  return { clusterId, contentKey, sha256, imageDigest, signatureName, severity, findings: 0, ...sets }
}

function add(group: FindingGroup, finding: IncidentFinding): void {
  if (SEVERITIES.indexOf(finding.severity) > SEVERITIES.indexOf(group.severity)) {
    group.severity = finding.severity
    group.signatureName = finding.signatureName
  }
  group.findings++
  group.nodes.add(finding.nodeName)
  group.namespaces.add(finding.namespace)
  group.sources.add(finding.scanSource)
  const { namespace } = finding
  const workload = finding.podName === '' ? finding.containerName : finding.podName
  const key = `${namespace}\0${workload}`
  const known = group.workloads.get(key)
  if (known) {
    known.findings++
    known.nodeName = finding.nodeName
  } else group.workloads.set(key, { namespace, workload, nodeName: finding.nodeName, findings: 1 })
}

/** JSON separates the fields, and its text is never that of another hash. */
function keyWithoutHash({ signatureName, imageDigest }: IncidentFinding): string {
  return createHash('sha256')
    .update(JSON.stringify(['signature', signatureName, imageDigest]))
    .digest('hex')
}

/** The same order as ORDER BY content_key, cluster_id COLLATE "C". */
function compareGroups(a: FindingGroup, b: FindingGroup): number {
  if (a.contentKey !== b.contentKey) return a.contentKey < b.contentKey ? -1 : 1
  return Buffer.compare(Buffer.from(a.clusterId), Buffer.from(b.clusterId))
}
