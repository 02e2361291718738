import type { SignaturesView } from '@guardimesh/contracts'
import { Button } from '@mantine/core'
import { IconDatabaseImport } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signaturesQuery } from '../../api/queries/signatures.js'
import { DataTable } from '../../table/DataTable.js'
import { QueryState } from '../../table/QueryState.js'
import { PageFrame } from '../../ui/PageFrame.js'
import { Section } from '../../ui/Section.js'
import { BringInPanel } from './BringInPanel.js'
import { databaseColumns } from './database-columns.js'
import { buildGenerationColumns } from './generation-columns.js'
import { ImportsSection } from './ImportsSection.js'
import { LivePanel } from './LivePanel.js'
import { RefusalCallout } from './RefusalCallout.js'
import { RollOutPanel } from './RollOutPanel.js'
import { AbsentNotice, NothingOfferedNotice, UnreachableNotice } from './ServerStates.js'
import { liveOf, openRefusal } from './signature-rules.js'
import classes from './signatures.module.css'

const BRING_IN_ID = 'bring-in'

export function SignaturesPage() {
  const { t } = useTranslation()
  const signatures = useQuery(signaturesQuery)
  const [isToggled, setToggled] = useState(false)
  const server = signatures.data?.server ?? null
  // Who has never brought anything in is shown how; everybody else asks for it.
  const isHelpOpen = (server?.imports.length === 0) !== isToggled
  return (
    <PageFrame
      title={t('signatures.title')}
      lead={t('signatures.lead')}
      actions={
        server ? (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconDatabaseImport size={14} aria-hidden />}
            aria-expanded={isHelpOpen}
            {...(isHelpOpen ? { 'aria-controls': BRING_IN_ID } : {})}
            onClick={() => setToggled(!isToggled)}
          >
            {t('signatures.bringIn.title')}
          </Button>
        ) : null
      }
    >
      {server && isHelpOpen ? <BringInPanel id={BRING_IN_ID} /> : null}
      <QueryState query={signatures}>{(view) => <Signatures view={view} />}</QueryState>
    </PageFrame>
  )
}

function Signatures({ view }: { view: SignaturesView }) {
  if (view.state === 'reachable' && view.server) return <Offered view={view} server={view.server} />
  return (
    <>
      {view.state === 'absent' ? <AbsentNotice /> : <UnreachableNotice problem={view.problem} />}
      <RollOutPanel nodes={view.nodes} liveGeneration="" />
    </>
  )
}

function Offered({ view, server }: { view: SignaturesView; server: NonNullable<SignaturesView['server']> }) {
  const { t } = useTranslation()
  const live = liveOf(server)
  const refusal = openRefusal(server.imports)
  const earlier = server.generations.filter((generation) => generation !== live)
  return (
    <>
      {refusal ? <RefusalCallout refusal={refusal} /> : null}
      {live ? (
        <div className={classes.columns}>
          <LivePanel live={live} />
          <RollOutPanel nodes={view.nodes} liveGeneration={live.generation} />
        </div>
      ) : (
        <NothingOfferedNotice />
      )}
      <ImportsSection imports={server.imports} />
      {live ? (
        <Section title={t('signatures.database.title')}>
          <DataTable label={t('signatures.database.title')} columns={databaseColumns} rows={live.databases} rowKey={({ path }) => path} />
        </Section>
      ) : null}
      {earlier.length > 0 ? (
        <Section title={t('signatures.earlier')}>
          <DataTable
            label={t('signatures.earlier')}
            columns={buildGenerationColumns(view)}
            rows={earlier}
            rowKey={({ generation }) => generation}
          />
        </Section>
      ) : null}
    </>
  )
}
