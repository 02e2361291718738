import type { CustomSignatures, SignatureImport, SignatureServerStatus } from '@guardimesh/contracts'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { hasCode } from '../../../api/errors.js'
import { customSignaturesQuery, putCustomSignatures, readCustomSignatures, signaturesKey } from '../../../api/queries/signatures.js'
import { findImport } from '../signature-rules.js'
import { compareDraft, type DraftChanges, isChanged } from './custom-draft.js'

const NO_CHANGES: DraftChanges = { added: 0, removed: 0, changed: 0, newHashes: [] }

/**
 * Manages a draft of the custom signatures until the signature server has verified and published it.
 * A rejected draft is kept, so that the user can fix it.
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
  const outcome: SignatureImport | undefined = findImport(server.imports, importId)
  // A published draft is discarded once the published signatures have been fetched.
  const isSettled = outcome?.state === 'published' && !current.isPlaceholderData
  const open = isSettled ? undefined : draft
  const base = current.data
  const changes = useMemo(() => (base && open ? compareDraft(base, open) : NO_CHANGES), [base, open])
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
    /** Overwrites the changes of another user. */
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
