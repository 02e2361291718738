import { useThrottledCallback } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useReducer, useState } from 'react'
import type { FindingAddress } from '../../api/queries/finding-address.js'
import { type FindingOrder, isNewestFirst, overviewKey, readNewFindings, reloadFindings } from '../../api/queries/findings.js'
import { sessionKey } from '../../api/queries/session.js'
import { signaturesKey } from '../../api/queries/signatures.js'
import { LIVE_ROWS_MAX, NO_LIVE_ROWS, nextLiveRows } from './live-rows.js'
import { useFindingStream } from './use-finding-stream.js'

/** Minimum interval between requests that new findings cause. */
const REFRESH_INTERVAL_MS = 2_000

interface LiveOptions {
  address: FindingAddress
  order: FindingOrder
  /** True while new rows must not appear: the user reads or points at rows. */
  isHeld: () => boolean
}

/**
 * Returns the findings that arrived since this view was opened and match the filters of `address`. A view with other filters or another order
 * needs a new instance (a `key` on its component).
 */
export function useLiveFindings({ address, order, isHeld }: LiveOptions) {
  const client = useQueryClient()
  const [connection, setConnection] = useState<'live' | 'connecting'>('connecting')
  const [live, dispatch] = useReducer(nextLiveRows, NO_LIVE_ROWS)
  // New findings have no place above a list with another order.
  const isLocked = () => !isNewestFirst(order) || isHeld()

  const reload = useCallback(
    async (isSeen: boolean) => {
      await reloadFindings(client, address, order)
      dispatch({ kind: 'listed', isSeen })
    },
    [client, address, order],
  )
  const refreshOverview = useThrottledCallback(() => void client.invalidateQueries({ queryKey: overviewKey }), REFRESH_INTERVAL_MS)
  const countNew = useThrottledCallback(async () => {
    // A failure is not reported: the stream or the next refresh tries again.
    const found = await readNewFindings(client, address, order).catch(() => undefined)
    if (found) dispatch({ kind: 'counted', ...found, isHeld: isLocked() })
  }, REFRESH_INTERVAL_MS)

  useFindingStream(address, {
    onFindings: (findings) => {
      dispatch({ kind: 'arrived', findings, isHeld: isLocked() })
      refreshOverview()
    },
    onResync: countNew,
    onSignatures: () => void client.invalidateQueries({ queryKey: signaturesKey }),
    onState: setConnection,
    onRefused: () => void client.invalidateQueries({ queryKey: sessionKey }),
  })

  const isFull = live.rows.length >= LIVE_ROWS_MAX
  useEffect(() => {
    if (isFull) void reload(false)
  }, [isFull, reload])

  return {
    ...live,
    connection,
    /** Shows the waiting findings if rows may move again. */
    release: () => {
      if (live.waitingCount > 0 && !isLocked()) dispatch({ kind: 'released' })
    },
    /** Shows all findings. */
    show: () => void reload(true),
  }
}
