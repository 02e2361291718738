import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { podList } from '../../api/queries/inventory.js'
import { paths } from '../../path-builder.js'
import { QueryState } from '../../table/QueryState.js'
import { exactly } from '../../table/text-terms.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { Panel } from '../../ui/Panel.js'
import { PodTotals } from '../pods/PodTotals.js'
import { namespaceSteps } from './kubectl.js'
import { LatestCoverage, LatestFindings, LatestIncidents } from './LatestLists.js'
import classes from './objects.module.css'
import { WhatToDo } from './WhatToDo.js'

/** A namespace, in all clusters that have one with this name. */
export function NamespacePage() {
  const { t } = useTranslation()
  const { namespace = '' } = useParams()
  const exact = exactly(namespace)
  const pods = useInfiniteQuery(podList({ namespace: exact }))
  return (
    <PageFrame title={namespace} lead={t('objects.namespace')}>
      <div className={classes.columns}>
        <Panel title={t('pods.title')}>
          <QueryState query={pods}>{({ pages }) => <PodTotals totals={pages[0]?.totals ?? null} />}</QueryState>
          <Link to={paths.pods({ namespace: exact })}>{t('objects.allPods')}</Link>
        </Panel>
        <WhatToDo steps={namespaceSteps(namespace)} />
      </div>
      <LatestIncidents address={{ namespace, status: 'any' }} />
      <LatestFindings address={{ namespace: exact }} />
      <LatestCoverage filters={{ namespace: exact }} />
    </PageFrame>
  )
}
