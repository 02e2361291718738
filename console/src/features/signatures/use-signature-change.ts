import { useMutation, useQueryClient } from '@tanstack/react-query'
import { signaturesKey } from '../../api/queries/signatures.js'

/** Mutation of signatures; refetches all signature queries when it succeeds. */
export function useSignatureChange<Change, Answer>(change: (change: Change) => Promise<Answer>, onSuccess?: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      onSuccess?.()
      await client.invalidateQueries({ queryKey: signaturesKey })
    },
  })
}
