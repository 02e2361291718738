import type { CustomSignatures, SignatureImport, SignatureServerStatus } from '@guardimesh/contracts'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { hasCode } from '../../../api/errors.js'
import { customSignaturesQuery, putCustomSignatures, readCustomSignatures, signaturesKey } from '../../../api/queries/signatures.js'
import { importOf } from '../signature-rules.js'
import { type DraftChanges, draftChanges, isChanged } from './custom-draft.js'

const NO_CHANGES: DraftChanges = { added: 0, removed: 0, changed: 0, newHashes: [] }

/**
 * Custom signatures while a person changes them: a draft over what is in force, until the signature server has proved and published it.
 * A refused draft stays, so that it can be mended.
 */
export function useCustomDraft(server: SignatureServerStatus) {
  const client = useQueryClient()
  const current = useQuery({ ...customSignaturesQuery(server.customRevision), placeholderData: keepPreviousData })
  const [draft, setDraft] = useState<CustomSignatures>()
  const [importId, setImportId] = useState<string>()
  const save = useMutation({
    mutationFn: putCustomSignatures,
    onSuccess: async (started) => {
      setImportId(started.importId)
      await client.invalidateQueries({ queryKey: signaturesKey })
    },
  })
  const outcome: SignatureImport | undefined = importOf(server.imports, importId)
  // What was published is what is in force, once that has been read.
  const isSettled = outcome?.state === 'published' && !current.isPlaceholderData
  const open = isSettled ? undefined : draft
  const base = current.data
  const changes = useMemo(() => (base && open ? draftChanges(base, open) : NO_CHANGES), [base, open])
  const drop = () => {
    setDraft(undefined)
    setImportId(undefined)
    save.reset()
  }
  return {
    current,
    shown: open ?? base,
    changes,
    isDirty: isChanged(changes),
    isSaving: save.isPending || (importId !== undefined && outcome?.endedAt == null),
    importId,
    outcome,
    error: save.error,
    isConflict: hasCode(save.error, 'SIGNATURES_CHANGED'),
    edit: (change: (custom: CustomSignatures) => CustomSignatures) => {
      const shown = open ?? base
      if (!shown) return
      drop()
      setDraft(change(shown))
    },
    save: () => {
      if (open) save.mutate(open)
    },
    /** Saves over what somebody else has saved. */
    overwrite: async () => {
      const latest = await readCustomSignatures()
      if (open) save.mutate({ ...open, revision: latest.revision })
    },
    drop,
    takeLatest: async () => {
      drop()
      await client.invalidateQueries({ queryKey: signaturesKey })
      await current.refetch()
    },
  }
}
export type CustomDraft = ReturnType<typeof useCustomDraft>
