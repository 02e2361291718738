import type { SignaturesView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { formatCount } from '../../ui/format-number.js'
import { Mono } from '../../ui/Mono.js'
import { Panel } from '../../ui/Panel.js'
import { StateBadge } from '../../ui/StateBadge.js'
import { NodesLink } from './NodesLink.js'
import { buildRollOut, type RollOut } from './signature-rules.js'
import classes from './signatures.module.css'

/** How far the nodes have taken over the live generation. While that is not known (empty), it only says what they have. */
export function RollOutPanel({ nodes, liveGeneration }: { nodes: SignaturesView['nodes']; liveGeneration: string }) {
  const { t } = useTranslation()
  const rollOut = buildRollOut(nodes, liveGeneration)
  const isLiveKnown = liveGeneration !== ''
  return (
    <Panel title={t('signatures.nodes.title')}>
      <div className={classes.rollOut}>
        {rollOut.nodes === 0 ? <p>{t('signatures.nodes.none')}</p> : null}
        {rollOut.nodes > 0 && isLiveKnown ? <Progress rollOut={rollOut} /> : null}
        {rollOut.behind.length > 0 ? <OtherGenerations behind={rollOut.behind} isLiveKnown={isLiveKnown} /> : null}
      </div>
    </Panel>
  )
}

function Progress({ rollOut: { nodes, nodesCurrent } }: { rollOut: RollOut }) {
  const { t } = useTranslation()
  const isDone = nodes === nodesCurrent
  return (
    <>
      <div className={classes.progressLine}>
        <b>{t('signatures.nodes.current', { count: nodes, current: formatCount(nodesCurrent), total: formatCount(nodes) })}</b>
        <StateBadge tone={isDone ? 'good' : 'warn'} text={t(isDone ? 'signatures.nodes.all' : 'signatures.nodes.some')} />
      </div>
      <div className={classes.bar} aria-hidden>
        <div className={classes.barDone} style={{ width: `${(nodesCurrent / nodes) * 100}%` }} />
      </div>
    </>
  )
}

function OtherGenerations({ behind, isLiveKnown }: { behind: RollOut['behind']; isLiveKnown: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <ul className={classes.others}>
        {behind.map(({ generation, nodes }) => (
          <li key={generation}>
            <NodesLink generation={generation} nodes={nodes} />
            {generation === '' ? t('signatures.nodes.noneLoaded') : <Mono text={generation} />}
          </li>
        ))}
      </ul>
      {isLiveKnown ? (
        <p>
          {t('signatures.nodes.behindText')} <Link to={paths.nodes({ behind: 'true' })}>{t('signatures.nodes.behindLink')}</Link>
        </p>
      ) : null}
    </>
  )
}
