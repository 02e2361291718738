import type { SignatureGeneration } from '@guardimesh/contracts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../table/DataTable.js'
import { Section } from '../../../ui/Section.js'
import { LatestForScreenReaders } from '../ImportProgress.js'
import { RefusalCallout } from '../RefusalCallout.js'
import { NothingOfferedNotice } from '../ServerStates.js'
import { ChangeNote, type ServerProps, SignaturesFrame } from '../SignaturesFrame.js'
import { liveOf, openRefusal } from '../signature-rules.js'
import { useChangeReason } from '../use-change-reason.js'
import { AlertsSection } from './AlertsSection.js'
import { buildGenerationColumns } from './generation-columns.js'
import { ImportsSection } from './ImportsSection.js'
import { PinLine } from './PinLine.js'
import { RollBackDialog } from './RollBackDialog.js'

/** Every generation that is kept, who brought what in, and the way back. */
export function HistoryPage() {
  return <SignaturesFrame screen="history">{(props) => <History {...props} />}</SignaturesFrame>
}

function History({ view, server }: ServerProps) {
  const { t } = useTranslation()
  const reason = useChangeReason()
  const [target, setTarget] = useState<SignatureGeneration | null>(null)
  const columns = useMemo(
    () => buildGenerationColumns({ view, server, rollBackReason: reason, onRollBack: setTarget }),
    [view, server, reason],
  )
  const refusal = openRefusal(server.imports)
  return (
    <>
      {refusal ? <RefusalCallout refusal={refusal} /> : null}
      <ChangeNote />
      <LatestForScreenReaders latest={server.imports[0]} />
      <Section title={t('signatures.generations.title')}>
        {liveOf(server) ? <PinLine settings={server.settings} /> : null}
        {server.generations.length === 0 ? (
          <NothingOfferedNotice />
        ) : (
          <DataTable
            label={t('signatures.generations.title')}
            columns={columns}
            rows={server.generations}
            rowKey={({ generation }) => generation}
          />
        )}
      </Section>
      <ImportsSection imports={server.imports} />
      <AlertsSection />
      {target ? <RollBackDialog target={target} view={view} server={server} onClose={() => setTarget(null)} /> : null}
    </>
  )
}
