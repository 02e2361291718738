import { DASHBOARD_RANGE_NAMES, type DashboardRange, DashboardView, SECOND_MS } from '@guardimesh/contracts'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { callApi } from '../client.js'

const INTERVAL_MS = 30 * SECOND_MS

export const isDashboardRange = (text: string | undefined): text is DashboardRange => DASHBOARD_RANGE_NAMES.some((name) => name === text)

export const dashboardQuery = (range: DashboardRange) =>
  queryOptions({
    queryKey: ['dashboard', range],
    queryFn: ({ signal }) => callApi('/api/dashboard', DashboardView, { query: { range }, signal }),
    refetchInterval: INTERVAL_MS,
    placeholderData: keepPreviousData,
  })
