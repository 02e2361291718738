import type { DashboardView } from '@guardimesh/contracts'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../path-builder.js'
import { Facts } from '../../ui/Facts.js'
import { formatSpan } from '../../ui/format-time.js'
import { Panel } from '../../ui/Panel.js'
import { useNow } from '../../ui/use-now.js'
import { FreshnessBadge } from '../signatures/FreshnessBadge.js'
import { NumberLink } from './NumberLink.js'

/** Health of nodes, and age of the active signatures. */
export function StatePanel({ nodes, signatures }: Pick<DashboardView, 'nodes' | 'signatures'>) {
  const { t } = useTranslation()
  const { newestBuiltAt, state } = signatures.freshness
  const nowMs = useNow()
  return (
    <Panel title={t('dashboard.state.title')}>
      <Facts
        facts={[
          [t('dashboard.state.nodes'), <NumberLink key="nodes" count={nodes.total} to={paths.nodes()} />],
          [t('dashboard.state.silent'), <NumberLink key="silent" count={nodes.silent} to={paths.nodes({ state: 'silent' })} />],
          [
            t('dashboard.state.outdated'),
            nodes.outdated === null ? (
              t('value.unknown')
            ) : (
              <NumberLink key="outdated" count={nodes.outdated} to={paths.nodes({ outdated: 'true' })} />
            ),
          ],
          [
            t('dashboard.state.signatureAge'),
            <span key="age">
              {newestBuiltAt === null ? null : <Link to={paths.signatures()}>{formatSpan(nowMs - Date.parse(newestBuiltAt))}</Link>}{' '}
              <FreshnessBadge state={state} />
            </span>,
          ],
          [t('dashboard.state.generation'), signatures.activeGeneration],
        ]}
      />
    </Panel>
  )
}
