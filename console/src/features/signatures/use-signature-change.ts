import { useMutation, useQueryClient } from '@tanstack/react-query'
import { signaturesKey } from '../../api/queries/signatures.js'

/** A change of signatures: when it is taken, everything about them is read again. */
export function useSignatureChange<Change, Answer>(change: (change: Change) => Promise<Answer>, onTaken?: () => void) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      onTaken?.()
      await client.invalidateQueries({ queryKey: signaturesKey })
    },
  })
}
