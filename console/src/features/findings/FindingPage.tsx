import type { FindingView } from '@guardimesh/contracts'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { findingDetail } from '../../api/queries/findings.js'
import { paths } from '../../path-builder.js'
import { useKeptAddress } from '../../table/kept-address.js'
import { QueryState } from '../../table/QueryState.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { Section } from '../../ui/Section.js'
import { SeverityBadge } from '../../ui/SeverityBadge.js'
import { CreateExceptionButton } from '../exceptions/CreateExceptionButton.js'
import { ExceptionCallout } from '../exceptions/ExceptionCallout.js'
import type { ExceptionSource } from '../exceptions/exception-scope.js'
import { DetectionPanel } from './DetectionPanel.js'
import { FilePanel } from './FilePanel.js'
import classes from './findings.module.css'
import { LateDetectionCallout } from './LateDetectionCallout.js'
import { LocationPanel } from './LocationPanel.js'
import { ProcessPanel } from './ProcessPanel.js'
import { Sightings } from './Sightings.js'
import { TimelinePanel } from './TimelinePanel.js'

export function FindingPage() {
  const { t } = useTranslation()
  const keptAddress = useKeptAddress()
  const { findingId = '' } = useParams()
  const finding = useQuery(findingDetail(findingId))
  return (
    <PageFrame
      title={finding.data?.signatureName ?? t('finding.title')}
      actions={finding.data ? <CreateExceptionButton source={sourceOf(finding.data)} /> : null}
      badge={finding.data ? <SeverityBadge severity={finding.data.severity} /> : null}
      above={
        <Link to={keptAddress(paths.findings())} className={classes.back}>
          <IconArrowLeft size={14} aria-hidden />
          {t('finding.back')}
        </Link>
      }
    >
      <QueryState query={finding}>{(data) => <Detail finding={data} />}</QueryState>
    </PageFrame>
  )
}

function sourceOf({ sha256, signatureName, path, image, podName, containerName, namespace, clusterId }: FindingView): ExceptionSource {
  const workload = podName === '' ? containerName : podName
  return { sha256, signature: signatureName, path, image, workload, namespace, cluster: clusterId }
}

/** Maximum number of sightings on this page; the sightings page has all of them. */
const SIGHTINGS_SHOWN_MAX = 10

function Detail({ finding }: { finding: FindingView }) {
  const { t } = useTranslation()
  return (
    <>
      <div className={classes.statement}>
        <p>{finding.description}</p>
        <p>{finding.explanation}</p>
      </div>
      {finding.exceptionId === null ? null : <ExceptionCallout exceptionId={finding.exceptionId} />}
      <LateDetectionCallout seen={finding.seen} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <FilePanel finding={finding} />
          <ProcessPanel process={finding.process} />
        </div>
        <div className={classes.column}>
          <LocationPanel finding={finding} />
          <DetectionPanel finding={finding} />
          <TimelinePanel finding={finding} />
        </div>
      </div>
      {finding.sha256 === null ? null : (
        <Section title={t('sightings.title')}>
          <Sightings hash={finding.sha256} shownMax={SIGHTINGS_SHOWN_MAX} />
        </Section>
      )}
    </>
  )
}
