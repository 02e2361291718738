import type { SignaturesView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../../path-builder.js'
import { formatCount } from '../../../ui/format-number.js'
import { Mono } from '../../../ui/Mono.js'
import { Panel } from '../../../ui/Panel.js'
import { StateBadge } from '../../../ui/StateBadge.js'
import { NodesLink } from '../NodesLink.js'
import { buildUptake, type Uptake } from '../signature-rules.js'
import classes from '../signatures.module.css'

interface UptakePanelProps {
  nodes: SignaturesView['nodes']
  activeGeneration: string
  /** Generation that only canary nodes are to have; empty while there is none. */
  rolledOut?: string
}

/** How far the nodes have taken over the live generation. While that is not known (empty), it only says what they have. */
export function UptakePanel({ nodes, activeGeneration, rolledOut = '' }: UptakePanelProps) {
  const { t } = useTranslation()
  const uptake = buildUptake(nodes, activeGeneration, rolledOut)
  const isLiveKnown = activeGeneration !== ''
  return (
    <Panel title={t('signatures.nodes.title')}>
      <div className={classes.stack}>
        {uptake.nodes === 0 ? <p>{t('signatures.nodes.none')}</p> : null}
        {uptake.nodes > 0 && isLiveKnown ? <Progress uptake={uptake} /> : null}
        {uptake.behind.length > 0 ? <OtherGenerations behind={uptake.behind} isLiveKnown={isLiveKnown} /> : null}
      </div>
    </Panel>
  )
}

function Progress({ uptake: { nodes, nodesCurrent, nodesAhead, behind } }: { uptake: Uptake }) {
  const { t } = useTranslation()
  const isDone = behind.length === 0
  const state = nodesAhead > 0 ? 'asOffered' : 'all'
  return (
    <>
      <div className={classes.progressLine}>
        <b>{t('signatures.nodes.current', { count: nodes, current: formatCount(nodesCurrent), total: formatCount(nodes) })}</b>
        <StateBadge tone={isDone ? 'good' : 'warn'} text={t(`signatures.nodes.${isDone ? state : 'some'}`)} />
      </div>
      <div className={classes.bar} aria-hidden>
        <div className={classes.barDone} style={{ width: `${(nodesCurrent / nodes) * 100}%` }} />
        <div className={classes.barAhead} style={{ width: `${(nodesAhead / nodes) * 100}%` }} />
      </div>
      {nodesAhead > 0 ? <p>{t('signatures.nodes.ahead', { count: nodesAhead, shown: formatCount(nodesAhead) })}</p> : null}
    </>
  )
}

function OtherGenerations({ behind, isLiveKnown }: { behind: Uptake['behind']; isLiveKnown: boolean }) {
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
          {t('signatures.nodes.behindText')} <Link to={paths.signatureNodes({ behind: 'true' })}>{t('signatures.nodes.behindLink')}</Link>
        </p>
      ) : null}
    </>
  )
}
