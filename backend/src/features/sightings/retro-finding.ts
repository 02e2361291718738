import { meaningOfSignature, type SeverityName } from '@guardimesh/contracts'
import { formatUuid, uuidV7 } from '@guardimesh/kit'
import type { ExceptionMatcher } from '../exceptions/exception-matching.service.js'
import type { IncidentFinding } from '../incidents/incident-assignment.service.js'
import type { HashKind } from './hash-kinds.js'

/** A sighting whose content matches a hunted hash. Hashes are hexadecimal. */
export interface HashMatch {
  /** The hunted hash and its kind. */
  readonly hash: string
  readonly hashKind: HashKind
  readonly sha256: string
  readonly placeHash: string
  readonly signatureName: string
  readonly addedBy: string
  readonly clusterId: string
  readonly nodeName: string
  readonly namespace: string
  readonly podName: string
  readonly containerName: string
  readonly containerId: string
  readonly image: string
  readonly path: string
  readonly sizeBytes: number
  readonly firstSeenAt: Date
}

/** A retro-hunt finding, by column names. Columns that need the file itself are empty. */
export interface RetroFinding extends Record<string, unknown> {
  readonly finding_id: string
  readonly sha256: string
  readonly place_hash: string
  readonly signature_name: string
  readonly cluster_id: string
  readonly node_name: string
  readonly namespace: string
  readonly pod_name: string
  readonly container_name: string
  readonly image: string
  readonly path: string
  readonly severity: SeverityName
  readonly exception_id: number | null
}

/** Returns the fields of a finding that incidents need. Pure. */
export function incidentFindingOf(finding: RetroFinding): IncidentFinding {
  return {
    clusterId: finding.cluster_id,
    sha256: finding.sha256,
    signatureName: finding.signature_name,
    imageDigest: '',
    severity: finding.severity,
    scanSource: 'retro_hunt',
    nodeName: finding.node_name,
    namespace: finding.namespace,
    podName: finding.pod_name,
    containerName: finding.container_name,
  }
}

/** What the findings of a batch share. */
export interface RetroHunt {
  /** Shared by all findings of one hunt. */
  readonly resultId: string
  readonly exceptions: ExceptionMatcher
  readonly now: Date
}

/**
 * Builds the finding of a match. Pure except for its id.
 */
export function buildRetroFinding(match: HashMatch, { resultId, exceptions, now }: RetroHunt): RetroFinding {
  const { severity, description } = meaningOfSignature(match.signatureName)
  const location = match.podName === '' ? match.containerName : `${match.namespace}/${match.podName}`
  const by = match.addedBy === '' ? '' : ` by ${match.addedBy}`
  return {
    finding_id: formatUuid(uuidV7(now.getTime())),
    result_id: resultId,
    sha256: match.sha256,
    place_hash: match.placeHash,
    cluster_id: match.clusterId,
    node_name: match.nodeName,
    namespace: match.namespace,
    pod_name: match.podName,
    container_name: match.containerName,
    container_id: match.containerId,
    image: match.image,
    trigger: 'signature_update',
    detected_at: now.toISOString(),
    severity,
    scan_source: 'retro_hunt',
    signature_name: match.signatureName,
    description: `${description} Seen in ${location} since ${match.firstSeenAt.toISOString().slice(0, 16).replace('T', ' ')} UTC. Matches the ${match.hashKind === 'md5' ? 'MD5' : 'SHA-256'} added${by}.`,
    path: match.path,
    size_bytes: match.sizeBytes,
    engine: 'hash',
    exception_id: exceptions.match({ ...match, imageDigest: '' }, now.getTime()),
  }
}
