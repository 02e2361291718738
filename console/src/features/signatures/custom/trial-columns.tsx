import type { RuleTrialView } from '@guardimesh/contracts'
import { Link } from 'react-router'
import { paths } from '../../../path-builder.js'
import type { Column } from '../../../table/DataTable.js'
import { formatBytes } from '../../../ui/format-number.js'
import { Mono } from '../../../ui/Mono.js'
import { SecondLine } from '../../../ui/SecondLine.js'

type Hit = RuleTrialView['hits'][number]

/** Sorts by pod, then by path. Pure. */
export function compareHits(one: Hit, other: Hit): number {
  const keyOf = ({ clusterId, namespace, podName, containerName, path }: Hit) =>
    [clusterId, namespace, podName, containerName, path].join('\0')
  return keyOf(one) < keyOf(other) ? -1 : 1
}

function WorkloadCell({ hit: { clusterId, namespace, podName, containerName, image } }: { hit: Hit }) {
  // Outside Kubernetes there is no pod.
  if (podName === '') return <>{containerName}</>
  return (
    <>
      <Link to={paths.pods({ cluster: clusterId, namespace, search: podName })}>
        {namespace} / {podName}
      </Link>
      <SecondLine>
        {containerName} · {image}
      </SecondLine>
    </>
  )
}

function HashCell({ hit: { sha256, sizeBytes } }: { hit: Hit }) {
  return (
    <>
      {sha256 === '' ? null : (
        <Link to={paths.sightings(sha256)}>
          <Mono text={`${sha256.slice(0, 12)}…`} />
        </Link>
      )}
      <SecondLine>{formatBytes(sizeBytes)}</SecondLine>
    </>
  )
}

export const trialColumns: readonly Column<Hit>[] = [
  { header: 'workload', width: '26%', cell: (hit) => <WorkloadCell hit={hit} /> },
  {
    header: 'path',
    cell: ({ path, layer }) => (
      <>
        <Mono text={path} />
        <SecondLine>{layer}</SecondLine>
      </>
    ),
  },
  { header: 'rule', width: '16%', cell: ({ rule }) => <Mono text={rule} /> },
  {
    header: 'node',
    width: '14%',
    cell: ({ nodeName, clusterId }) => (
      <>
        <Link to={paths.nodes()}>{nodeName}</Link>
        <SecondLine>{clusterId}</SecondLine>
      </>
    ),
  },
  { header: 'sha256', width: '130px', cell: (hit) => <HashCell hit={hit} /> },
]
