import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { openEventStream } from '../../api/event-stream.js'
import { sessionKey } from '../../api/queries/session.js'
import { signaturesKey } from '../../api/queries/signatures.js'

/** Refetches the signature queries when the backend reports a change. Each screen about signatures opens one stream. */
export function useSignatureEvents() {
  const client = useQueryClient()
  useEffect(
    () =>
      openEventStream(
        { events: 'signatures' },
        {
          onSignatures: () => void client.invalidateQueries({ queryKey: signaturesKey }),
          // The first fetch is often still in flight when the stream opens; it is not repeated.
          onResync: () => void client.invalidateQueries({ queryKey: signaturesKey }, { cancelRefetch: false }),
          onRefused: () => void client.invalidateQueries({ queryKey: sessionKey }),
        },
      ),
    [client],
  )
}
