import type { IncidentView, IncidentWorkload } from '@guardimesh/contracts'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { isAllowed } from '../../api/permissions.js'
import { incidentDetail } from '../../api/queries/incidents.js'
import { sessionQuery } from '../../api/queries/session.js'
import { paths } from '../../path-builder.js'
import { type Column, DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { ActionButton } from '../../ui/ActionButton.js'
import { formatCount } from '../../ui/format-number.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { Panel } from '../../ui/Panel.js'
import { RelativeTime } from '../../ui/RelativeTime.js'
import { SecondLine } from '../../ui/SecondLine.js'
import { Section } from '../../ui/Section.js'
import { SeverityBadge } from '../../ui/SeverityBadge.js'
import { CreateExceptionButton } from '../exceptions/CreateExceptionButton.js'
import type { ExceptionSource } from '../exceptions/exception-scope.js'
import { ContentPanel, ExtentPanel } from './IncidentPanels.js'
import { IncidentStatusBadge } from './IncidentStatusBadge.js'
import { IncidentTimeline } from './IncidentTimeline.js'
import classes from './incidents.module.css'
import { KeyHints } from './KeyHints.js'
import { TriageDialog } from './TriageDialog.js'
import type { TriageAction } from './triage-target.js'
import { useIncidentKeys } from './use-incident-keys.js'
import { useLiveIncident } from './use-live-incidents.js'

export function IncidentPage() {
  const { t } = useTranslation()
  const { incidentId = '' } = useParams()
  const incident = useQuery(incidentDetail(incidentId))
  useLiveIncident(Number(incidentId))
  return (
    <PageFrame
      title={incident.data?.signatureName ?? t('incidents.one', { incidentId })}
      badge={incident.data ? <Badges incident={incident.data} /> : null}
      actions={incident.data ? <Actions incident={incident.data} /> : null}
      above={
        <Link to={paths.incidents()} className={classes.back}>
          <IconArrowLeft size={14} aria-hidden />
          {t('incidents.back')}
        </Link>
      }
    >
      <QueryState query={incident}>{(data) => <Detail incident={data} />}</QueryState>
    </PageFrame>
  )
}

function Badges({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation()
  return (
    <>
      <SeverityBadge severity={incident.severity} />
      <IncidentStatusBadge status={incident.status} />
      {incident.resolution === null ? null : t(`incidents.resolution.${incident.resolution}`)}
    </>
  )
}

function Actions({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation()
  const { data: session } = useQuery(sessionQuery)
  const [open, setOpen] = useState<{ action: TriageAction; incident: IncidentView } | null>(null)
  const disabledReason = isAllowed(session?.account, 'incidents:change') ? undefined : t('incidents.readOnly')
  // The dialog keeps the incident as the user saw it, so that a later change is a conflict.
  const show = (action: TriageAction) => {
    if (disabledReason === undefined) setOpen({ action, incident })
  }
  useIncidentKeys({ a: () => show('assign'), e: () => show('resolve'), c: () => show('comment') })
  const next = { new: ['start', 'resolve'], in_progress: ['resolve'], resolved: ['reopen'] } as const
  const actions: readonly TriageAction[] = ['assign', 'comment', ...next[incident.status]]
  return (
    <>
      <KeyHints names={['assign', 'resolve', 'comment']} />
      {actions.map((action) => (
        <ActionButton
          key={action}
          size="xs"
          variant={action === 'resolve' ? 'filled' : 'default'}
          disabledReason={disabledReason}
          onClick={() => show(action)}
        >
          {t(`incidents.action.${action}`)}
        </ActionButton>
      ))}
      <CreateExceptionButton source={sourceOf(incident)} />
      {open ? (
        <TriageDialog
          action={open.action}
          target={{ kind: 'one', incident: open.incident }}
          onDone={() => undefined}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </>
  )
}

/** An incident has no path; its image is that of the first finding. */
function sourceOf({ sha256, signatureName, imageDigest, clusterId, workloads, workloadList }: IncidentView): ExceptionSource {
  const namespaces = new Set(workloadList.map(({ namespace }) => namespace))
  const isComplete = workloads === workloadList.length
  return {
    sha256,
    signature: signatureName,
    image: imageDigest,
    workload: workloads === 1 ? (workloadList[0]?.workload ?? null) : null,
    namespace: isComplete && namespaces.size === 1 ? ([...namespaces][0] ?? null) : null,
    cluster: clusterId,
  }
}

function Detail({ incident }: { incident: IncidentView }) {
  const { t } = useTranslation()
  const { workloadList, workloads } = incident
  return (
    <>
      <div className={classes.columns}>
        <ExtentPanel incident={incident} />
        <ContentPanel incident={incident} />
      </div>
      <Section title={t('incidents.page.workloads')}>
        <DataTable label={t('incidents.page.workloads')} columns={WORKLOAD_COLUMNS} rows={workloadList} rowKey={workloadKey} />
        {workloadList.length < workloads ? (
          <p>{t('incidents.page.someWorkloads', { shown: formatCount(workloadList.length), total: formatCount(workloads) })}</p>
        ) : null}
      </Section>
      <Panel title={t('incidents.page.timeline')}>
        <IncidentTimeline entries={incident.timeline} />
      </Panel>
    </>
  )
}

const workloadKey = ({ namespace, workload }: IncidentWorkload) => `${namespace}/${workload}`

function WorkloadCell({ row: { namespace, workload } }: { row: IncidentWorkload }) {
  const { t } = useTranslation()
  return (
    <>
      <Link to={paths.findings(namespace === '' ? { container: workload } : { namespace, pod: workload })}>{workload}</Link>
      <SecondLine>{namespace === '' ? t('incidents.page.withoutNamespace') : namespace}</SecondLine>
    </>
  )
}

const WORKLOAD_COLUMNS: readonly Column<IncidentWorkload>[] = [
  { header: 'workload', cell: (row) => <WorkloadCell row={row} /> },
  { header: 'node', cell: ({ nodeName }) => nodeName },
  { header: 'findings', width: '96px', isNumber: true, cell: ({ findings }) => formatCount(findings) },
  { header: 'firstSeen', width: '110px', cell: ({ firstSeenAt }) => <RelativeTime at={firstSeenAt} /> },
  { header: 'lastSeen', width: '110px', cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} /> },
]
