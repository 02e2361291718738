import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../../path-builder.js'
import { DataTable } from '../../../table/DataTable.js'
import { Section } from '../../../ui/Section.js'
import { buildDatabaseColumns } from '../database-columns.js'
import { LatestForScreenReaders } from '../ImportProgress.js'
import { RejectionCallout } from '../RejectionCallout.js'
import { NoGenerationNotice } from '../ServerStates.js'
import { type ServerProps, SignaturesFrame } from '../SignaturesFrame.js'
import { findActiveGeneration, findOpenRejection } from '../signature-rules.js'
import classes from '../signatures.module.css'
import { ActiveGenerationPanel } from './ActiveGenerationPanel.js'
import { ImportsInProgress } from './ImportsInProgress.js'
import { OpenAlerts } from './OpenAlerts.js'
import { RollOutPanel } from './RollOutPanel.js'
import { UptakePanel } from './UptakePanel.js'

/** Active generation, its age, node status, rollout and imports. */
export function SignaturesPage() {
  return (
    <SignaturesFrame screen="overview" otherwise={(view) => <UptakePanel nodes={view.nodes} activeGeneration="" />}>
      {(props) => <Overview {...props} />}
    </SignaturesFrame>
  )
}

function Overview({ view, server }: ServerProps) {
  const { t } = useTranslation()
  const active = findActiveGeneration(server)
  const rejection = findOpenRejection(server.imports)
  return (
    <>
      {rejection ? <RejectionCallout rejection={rejection} /> : null}
      <OpenAlerts />
      <LatestForScreenReaders latest={server.imports[0]} />
      {active ? (
        <div className={classes.columns}>
          <ActiveGenerationPanel active={active} view={view} server={server} />
          <div className={classes.column}>
            {server.rollOut ? <RollOutPanel rollOut={server.rollOut} server={server} /> : null}
            <UptakePanel nodes={view.nodes} activeGeneration={active.generation} rolledOut={server.rollOut?.generation ?? ''} />
            <ImportsInProgress imports={server.imports} />
          </div>
        </div>
      ) : (
        <>
          <NoGenerationNotice />
          <ImportsInProgress imports={server.imports} />
        </>
      )}
      {active ? (
        <Section title={t('signatures.database.title')}>
          <DataTable
            label={t('signatures.database.title')}
            columns={buildDatabaseColumns(view.staleness)}
            rows={active.databases}
            rowKey={({ path }) => path}
          />
          <p>
            <Link to={paths.signatureHistory()}>{t('signatures.toHistory')}</Link>
          </p>
        </Section>
      ) : null}
    </>
  )
}
