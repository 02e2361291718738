import type { SignaturesView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../../path-builder.js'
import { formatCount } from '../../../ui/format-number.js'
import lines from '../../../ui/lines.module.css'
import { Mono } from '../../../ui/Mono.js'
import { Panel } from '../../../ui/Panel.js'
import { StateBadge } from '../../../ui/StateBadge.js'
import { NodesLink } from '../NodesLink.js'
import { buildUptake, type NodeUptake } from '../signature-rules.js'
import classes from '../signatures.module.css'

interface UptakePanelProps {
  nodes: SignaturesView['nodes']
  activeGeneration: string
  /** Generation of the rollout; empty if there is none. */
  rolledOut?: string
}

/** Number of nodes that have loaded the active generation. While that is unknown (empty), lists the generations of all nodes. */
export function UptakePanel({ nodes, activeGeneration, rolledOut = '' }: UptakePanelProps) {
  const { t } = useTranslation()
  const uptake = buildUptake(nodes, activeGeneration, rolledOut)
  const isActiveKnown = activeGeneration !== ''
  return (
    <Panel title={t('signatures.nodes.title')}>
      <div className={classes.stack}>
        {uptake.nodes === 0 ? <p>{t('signatures.nodes.none')}</p> : null}
        {uptake.nodes > 0 && isActiveKnown ? <Progress uptake={uptake} /> : null}
        {uptake.outdated.length > 0 ? <OtherGenerations outdated={uptake.outdated} isActiveKnown={isActiveKnown} /> : null}
      </div>
    </Panel>
  )
}

function Progress({ uptake: { nodes, nodesCurrent, nodesAhead, outdated } }: { uptake: NodeUptake }) {
  const { t } = useTranslation()
  const isDone = outdated.length === 0
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

function OtherGenerations({ outdated, isActiveKnown }: { outdated: NodeUptake['outdated']; isActiveKnown: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <ul className={`${lines.list} ${classes.others}`}>
        {outdated.map(({ generation, nodes }) => (
          <li key={generation}>
            <NodesLink generation={generation} nodes={nodes} />
            {generation === '' ? t('signatures.nodes.noneLoaded') : <Mono text={generation} />}
          </li>
        ))}
      </ul>
      {isActiveKnown ? (
        <p>
          {t('signatures.nodes.outdatedText')}{' '}
          <Link to={paths.signatureNodes({ outdated: 'true' })}>{t('signatures.nodes.outdatedLink')}</Link>
        </p>
      ) : null}
    </>
  )
}
