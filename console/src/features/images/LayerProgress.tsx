import { type ImageLayerProgress, SECOND_MS } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { formatBytes, formatCount } from '../../ui/format-number.js'
import { formatSpan } from '../../ui/format-time.js'
import lines from '../../ui/lines.module.css'
import { Mono } from '../../ui/Mono.js'
import { Panel } from '../../ui/Panel.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { StateBadge } from '../../ui/StateBadge.js'
import classes from './images.module.css'

/** Progress of the scan of all layers, the layers in progress, and those that could not be scanned. */
export function LayerProgress({ progress }: { progress: ImageLayerProgress }) {
  const { t } = useTranslation()
  const { total, scanned, failed, scans, failures } = progress
  if (total === 0) return null
  const tone = failed > 0 ? 'bad' : scanned === total ? 'good' : 'busy'
  const state = failed > 0 ? 'failed' : scanned === total ? 'done' : 'running'
  return (
    <Panel title={t('images.progress.title')}>
      <div className={classes.stack}>
        <div className={classes.line}>
          <b>{t('images.progress.layers', { count: total, scanned: formatCount(scanned), total: formatCount(total) })}</b>
          <StateBadge tone={tone} text={t(`images.progress.state.${state}`)} />
        </div>
        <progress className={classes.bar} max={total} value={scanned} aria-label={t('images.progress.title')} />
        <Remaining progress={progress} />
        {scans.length > 0 ? <Scans scans={scans} /> : null}
        {failures.length > 0 ? <Failures failures={failures} /> : null}
      </div>
    </Panel>
  )
}

function Remaining({ progress: { waiting, scanning, bytesScanned, remainingSeconds } }: { progress: ImageLayerProgress }) {
  const { t } = useTranslation()
  const remaining = waiting + scanning
  return (
    <SecondLine>
      {t('images.progress.bytes', { size: formatBytes(bytesScanned) })}
      {remaining > 0 ? ` · ${t('images.progress.remaining', { count: remaining, shown: formatCount(remaining) })}` : null}
      {remaining > 0 && remainingSeconds !== null
        ? ` · ${t('images.progress.time', { time: formatSpan(remainingSeconds * SECOND_MS) })}`
        : null}
    </SecondLine>
  )
}

function Scans({ scans }: Pick<ImageLayerProgress, 'scans'>) {
  const { t } = useTranslation()
  return (
    <ul className={lines.list} aria-label={t('images.progress.scans')}>
      {scans.map(({ clusterId, nodeName, layer, images, sizeBytes, bytesScanned }) => (
        <li key={`${clusterId}/${layer}`}>
          <b>{nodeName}</b> <Mono text={shortLayer(layer)} />{' '}
          {sizeBytes > 0 ? t('images.progress.ofSize', { scanned: formatBytes(bytesScanned), size: formatBytes(sizeBytes) }) : null}
          <SecondLine>{images.join(', ')}</SecondLine>
        </li>
      ))}
    </ul>
  )
}

function Failures({ failures }: Pick<ImageLayerProgress, 'failures'>) {
  const { t } = useTranslation()
  return (
    <ul className={lines.list} aria-label={t('images.progress.failures')}>
      {failures.map(({ clusterId, nodeName, layer, images, problem }) => (
        <li key={`${clusterId}/${layer}`}>
          <Mono text={shortLayer(layer)} /> {t('images.progress.failure', { node: nodeName, problem })}
          <SecondLine>{images.join(', ')}</SecondLine>
        </li>
      ))}
    </ul>
  )
}

/** The prefix and twelve digits identify a layer, as in the command lines of container runtimes. */
function shortLayer(layer: string): string {
  return layer.slice(0, layer.indexOf(':') + 13)
}
