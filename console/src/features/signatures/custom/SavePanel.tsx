import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { dryRunHashes } from '../../../api/queries/signatures.js'
import { ConflictAlert } from '../../../forms/ConflictAlert.js'
import { FormProblem } from '../../../forms/FormProblem.js'
import type { CustomListName } from '../../../path-builder.js'
import { ActionButton } from '../../../ui/ActionButton.js'
import { formatCount } from '../../../ui/format-number.js'
import { StateBadge } from '../../../ui/StateBadge.js'
import { ImportOutcome } from '../ImportOutcome.js'
import { useReadOnlyReason } from '../use-read-only-reason.js'
import classes from './custom.module.css'
import { DryRunResult } from './DryRunResult.js'
import { findRuleProblem } from './rule-problem.js'
import type { CustomDraft } from './use-custom-draft.js'

/** Unsaved changes, their dry run, and the result of saving them. Renders nothing without changes. */
export function SavePanel({ draft, list }: { draft: CustomDraft; list: CustomListName }) {
  const { t } = useTranslation()
  const dryRun = useMutation({ mutationFn: dryRunHashes })
  // The rule editor shows rejected rules itself.
  const isAtEditor = list === 'rules' && draft.outcome?.state === 'refused' && draft.outcome.check === 'rules'
  return (
    <>
      {draft.isDirty ? <ChangesBar draft={draft} dryRun={dryRun} /> : null}
      {draft.isConflict ? (
        <ConflictAlert
          title={t('signatures.custom.conflict.title')}
          text={t('signatures.custom.conflict.text')}
          onOverwrite={() => void draft.overwrite()}
          onTakeLatest={() => void draft.takeLatest()}
        />
      ) : (
        <FormProblem error={draft.error} />
      )}
      <FormProblem error={dryRun.error} />
      {draft.isDirty && dryRun.data && draft.shown ? <DryRunResult result={dryRun.data} hashes={draft.shown.hashes} /> : null}
      {draft.importId === undefined || isAtEditor ? null : (
        <ImportOutcome imports={draft.outcome ? [draft.outcome] : []} importId={draft.importId} />
      )}
    </>
  )
}

interface ChangesBarProps {
  draft: CustomDraft
  dryRun: { mutate: (hashes: readonly string[]) => void; isPending: boolean }
}

function ChangesBar({ draft, dryRun }: ChangesBarProps) {
  const { t } = useTranslation()
  const reason = useReadOnlyReason()
  const { changes, isSaving } = draft
  const kinds = (['added', 'changed', 'removed'] as const).filter((kind) => changes[kind] > 0)
  const problem = findRuleProblem(draft.shown?.rules ?? [])
  const hashCount = changes.newHashes.length
  return (
    <section aria-label={t('signatures.custom.changes')} className={classes.changes}>
      <StateBadge tone="warn" text={t('signatures.custom.unsaved')} />
      <span className={classes.changeText}>
        {kinds.map((kind) => t(`signatures.custom.${kind}`, { count: changes[kind], shown: formatCount(changes[kind]) })).join(', ')}
      </span>
      {hashCount > 0 ? (
        <Button size="xs" variant="default" loading={dryRun.isPending} onClick={() => dryRun.mutate(changes.newHashes)}>
          {t('signatures.custom.dryRun', { count: hashCount, shown: formatCount(hashCount) })}
        </Button>
      ) : null}
      <ActionButton
        size="xs"
        loading={isSaving}
        disabledReason={reason ?? (problem === undefined ? undefined : t(`signatures.custom.rule.${problem}`))}
        onClick={draft.save}
      >
        {t('signatures.custom.save')}
      </ActionButton>
      <ActionButton
        size="xs"
        variant="default"
        disabledReason={isSaving ? t('signatures.custom.isSaving') : undefined}
        onClick={draft.drop}
      >
        {t('action.discard')}
      </ActionButton>
    </section>
  )
}
