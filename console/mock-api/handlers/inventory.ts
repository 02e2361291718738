import { CoveragePage, NodeList, PodPage, ResultGapPage, ScanPage, ScanQuery } from '@guardimesh/contracts'
import { answer } from '../answer.js'
import { hasNames, holdsText, pageOfList } from '../paging.js'
import type { MockRoute } from './mock-route.js'

const LOCATION = { cluster: 'clusterId', namespace: 'namespace', node: 'nodeName', pod: 'podName', container: 'containerName' }

export const inventoryRoutes: readonly MockRoute[] = [
  ['GET', /^\/api\/nodes$/, ({ db }) => answer(NodeList, { items: db.nodes, nextCursor: null })],
  [
    'GET',
    /^\/api\/pods$/,
    ({ db, query }) => {
      const pods = db.pods.filter(
        (pod) =>
          (query.get('gone') === 'true' || pod.goneAt === null) &&
          (query.get('watched') !== 'false' || pod.containers.some(({ watched }) => !watched)) &&
          hasNames(pod, query, LOCATION) &&
          holdsText([pod.podName, pod.namespace, pod.owner], query),
      )
      const containers = pods.flatMap((pod) => pod.containers)
      const totals = {
        pods: pods.length,
        containers: containers.length,
        containersNotMonitored: containers.filter(({ watched }) => !watched).length,
      }
      return answer(PodPage, { ...pageOfList(pods, ({ podUid }) => podUid, query), totals })
    },
  ],
  [
    'GET',
    /^\/api\/coverage$/,
    ({ db, query }) => {
      const entries = db.coverage.filter(
        (entry) => hasNames(entry, query, LOCATION) && holdsText([entry.path, entry.detail, entry.podName], query),
      )
      const ofReason = entries.filter((entry) => hasNames(entry, query, { reason: 'reason' }))
      const totals = entries.map(({ reason, count }) => ({ reason, entries: 1, files: count }))
      return answer(CoveragePage, { ...pageOfList(ofReason, ({ coverageId }) => coverageId, query), totals })
    },
  ],
  [
    'GET',
    /^\/api\/result-gaps$/,
    ({ db, query }) => {
      const gaps = db.resultGaps.filter((gap) => hasNames(gap, query, LOCATION))
      return answer(
        ResultGapPage,
        pageOfList(gaps, ({ gapId }) => gapId, query),
      )
    },
  ],
  [
    'GET',
    /^\/api\/scans$/,
    ({ db, query }) => {
      const { startDate, endDate, infected } = ScanQuery.parse(Object.fromEntries(query))
      const scans = db.scans.filter(
        (scan) =>
          hasNames(scan, query, LOCATION) &&
          (infected !== 'true' || scan.totalFindings > 0) &&
          (startDate === undefined || new Date(scan.finishedAt) >= startDate) &&
          (endDate === undefined || new Date(scan.finishedAt) < endDate),
      )
      return answer(
        ScanPage,
        pageOfList(scans, ({ resultId }) => resultId, query),
      )
    },
  ],
]
