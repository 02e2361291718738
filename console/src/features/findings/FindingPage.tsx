import type { FindingView } from '@guardimesh/contracts'
import { IconArrowLeft } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { findingDetail } from '../../api/queries/findings.js'
import { paths } from '../../path-builder.js'
import { QueryState } from '../../table/QueryState.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { SeverityBadge } from '../../ui/SeverityBadge.js'
import { DetectionPanel } from './DetectionPanel.js'
import { FilePanel } from './FilePanel.js'
import classes from './findings.module.css'
import { PlacePanel } from './PlacePanel.js'
import { ProcessPanel } from './ProcessPanel.js'

export function FindingPage() {
  const { t } = useTranslation()
  const { findingId = '' } = useParams()
  const finding = useQuery(findingDetail(findingId))
  return (
    <PageFrame
      title={finding.data?.signatureName ?? t('finding.title')}
      badge={finding.data ? <SeverityBadge severity={finding.data.severity} /> : null}
      above={
        <Link to={paths.findings()} className={classes.back}>
          <IconArrowLeft size={14} aria-hidden />
          {t('finding.back')}
        </Link>
      }
    >
      <QueryState query={finding}>{(data) => <Detail finding={data} />}</QueryState>
    </PageFrame>
  )
}

function Detail({ finding }: { finding: FindingView }) {
  return (
    <>
      <div className={classes.statement}>
        <p>{finding.description}</p>
        <p>{finding.explanation}</p>
      </div>
      <div className={classes.columns}>
        <div className={classes.column}>
          <FilePanel finding={finding} />
          <ProcessPanel process={finding.process} />
        </div>
        <div className={classes.column}>
          <PlacePanel finding={finding} />
          <DetectionPanel finding={finding} />
        </div>
      </div>
    </>
  )
}
