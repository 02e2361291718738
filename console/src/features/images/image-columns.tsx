import type { ImageView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import type { Column } from '../../table/DataTable.js'
import { formatCount } from '../../ui/format-number.js'
import { Mono } from '../../ui/Mono.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'

function StateCell({ image }: { image: ImageView }) {
  const { t } = useTranslation()
  const { state, layersFailed, layersScanned, layers } = image
  const tone = layersFailed > 0 ? 'bad' : state === 'scanned' ? 'good' : 'busy'
  const name = layersFailed > 0 ? 'failed' : state
  return (
    <>
      <StateBadge tone={tone} text={t(`images.state.${name}`)} />
      <SecondLine>{t('images.layers', { count: layers, scanned: formatCount(layersScanned), total: formatCount(layers) })}</SecondLine>
    </>
  )
}

/** Findings name the image, so the search of the findings page lists those of this image. */
function FindingsCell({ image: { image, findingCount } }: { image: ImageView }) {
  if (findingCount === 0) return '0'
  return <Link to={paths.findings({ search: image, source: 'image_layer' })}>{formatCount(findingCount)}</Link>
}

function WorkloadsCell({ image: { clusterId, workloads, workloadCount } }: { image: ImageView }) {
  const { t } = useTranslation()
  const more = workloadCount - workloads.length
  return (
    <>
      {workloads.map(({ namespace, podName, nodeName }) => (
        <div key={`${nodeName}/${namespace}/${podName}`}>
          {namespace === '' ? podName : <Link to={paths.pod(clusterId, namespace, podName)}>{podName}</Link>}
          <SecondLine>{[namespace, nodeName].filter((text) => text !== '').join(' · ')}</SecondLine>
        </div>
      ))}
      {more > 0 ? <SecondLine>{t('images.moreWorkloads', { count: more, shown: formatCount(more) })}</SecondLine> : null}
    </>
  )
}

export const imageColumns: readonly Column<ImageView>[] = [
  {
    header: 'image',
    width: '34%',
    cell: ({ image, clusterId }) => (
      <>
        <Link to={paths.image(image)}>
          <Mono text={image} isClamped />
        </Link>
        <SecondLine>{clusterId}</SecondLine>
      </>
    ),
  },
  { header: 'state', width: '18%', cell: (image) => <StateCell image={image} /> },
  { header: 'findings', isNumber: true, width: '90px', cell: (image) => <FindingsCell image={image} /> },
  { header: 'notScanned', isNumber: true, width: '110px', cell: ({ filesNotScanned }) => formatCount(filesNotScanned) },
  { header: 'workload', cell: (image) => <WorkloadsCell image={image} /> },
]
