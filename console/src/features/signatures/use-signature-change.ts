import { useMutation, useQueryClient } from '@tanstack/react-query'
import { signaturesKey } from '../../api/queries/signatures.js'

/** Mutation of signatures; refetches all signature queries when it succeeds, then calls `onSuccess`. */
export function useSignatureChange<Change, Answer>(change: (change: Change) => Promise<Answer>, onSuccess?: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      // First, because `onSuccess` usually closes a dialog, which returns the focus to a button that this may remove.
      await client.invalidateQueries({ queryKey: signaturesKey })
      onSuccess?.()
    },
  })
}
