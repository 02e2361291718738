import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../../path-builder.js'
import { DataTable } from '../../../table/DataTable.js'
import { Section } from '../../../ui/Section.js'
import { buildDatabaseColumns } from '../database-columns.js'
import { LatestForScreenReaders } from '../ImportProgress.js'
import { RefusalCallout } from '../RefusalCallout.js'
import { NothingOfferedNotice } from '../ServerStates.js'
import { type ServerProps, SignaturesFrame } from '../SignaturesFrame.js'
import { liveOf, openRefusal } from '../signature-rules.js'
import classes from '../signatures.module.css'
import { LivePanel } from './LivePanel.js'
import { OpenAlerts } from './OpenAlerts.js'
import { RollOutPanel } from './RollOutPanel.js'
import { UnderWay } from './UnderWay.js'
import { UptakePanel } from './UptakePanel.js'

/** What is in force, how fresh it is, which nodes have it, and what is on its way. */
export function SignaturesPage() {
  return (
    <SignaturesFrame screen="overview" otherwise={(view) => <UptakePanel nodes={view.nodes} activeGeneration="" />}>
      {(props) => <Overview {...props} />}
    </SignaturesFrame>
  )
}

function Overview({ view, server }: ServerProps) {
  const { t } = useTranslation()
  const live = liveOf(server)
  const refusal = openRefusal(server.imports)
  return (
    <>
      {refusal ? <RefusalCallout refusal={refusal} /> : null}
      <OpenAlerts />
      <LatestForScreenReaders latest={server.imports[0]} />
      {live ? (
        <div className={classes.columns}>
          <LivePanel live={live} view={view} server={server} />
          <div className={classes.column}>
            {server.rollOut ? <RollOutPanel rollOut={server.rollOut} server={server} /> : null}
            <UptakePanel nodes={view.nodes} activeGeneration={live.generation} rolledOut={server.rollOut?.generation ?? ''} />
            <UnderWay imports={server.imports} />
          </div>
        </div>
      ) : (
        <>
          <NothingOfferedNotice />
          <UnderWay imports={server.imports} />
        </>
      )}
      {live ? (
        <Section title={t('signatures.database.title')}>
          <DataTable
            label={t('signatures.database.title')}
            columns={buildDatabaseColumns(view.staleness)}
            rows={live.databases}
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
