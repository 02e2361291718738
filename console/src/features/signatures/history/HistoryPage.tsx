import type { SignatureGeneration } from '@guardimesh/contracts'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../table/DataTable.js'
import { Section } from '../../../ui/Section.js'
import { LatestForScreenReaders } from '../ImportProgress.js'
import { RejectionCallout } from '../RejectionCallout.js'
import { NoGenerationNotice } from '../ServerStates.js'
import { ReadOnlyNote, type ServerProps, SignaturesFrame } from '../SignaturesFrame.js'
import { findActiveGeneration, findOpenRejection } from '../signature-rules.js'
import { useReadOnlyReason } from '../use-read-only-reason.js'
import { AlertsSection } from './AlertsSection.js'
import { buildGenerationColumns } from './generation-columns.js'
import { ImportsSection } from './ImportsSection.js'
import { PinLine } from './PinLine.js'
import { RollBackDialog } from './RollBackDialog.js'

/** Kept generations, imports and rollback. */
export function HistoryPage() {
  return <SignaturesFrame screen="history">{(props) => <History {...props} />}</SignaturesFrame>
}

function History({ view, server }: ServerProps) {
  const { t } = useTranslation()
  const reason = useReadOnlyReason()
  const [target, setTarget] = useState<SignatureGeneration | null>(null)
  const columns = useMemo(
    () => buildGenerationColumns({ view, server, rollBackReason: reason, onRollBack: setTarget }),
    [view, server, reason],
  )
  const rejection = findOpenRejection(server.imports)
  return (
    <>
      {rejection ? <RejectionCallout rejection={rejection} /> : null}
      <ReadOnlyNote />
      <LatestForScreenReaders latest={server.imports[0]} />
      <Section title={t('signatures.generations.title')}>
        {findActiveGeneration(server) ? <PinLine settings={server.settings} /> : null}
        {server.generations.length === 0 ? (
          <NoGenerationNotice />
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
