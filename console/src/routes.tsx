import type { RouteObject } from 'react-router'
import { FindingsPage } from './features/findings/FindingsPage.js'
import { AppLayout } from './layouts/AppLayout.js'
import { FirstPaint } from './layouts/FirstPaint.js'
import { NotFoundPage } from './layouts/NotFoundPage.js'
import { RouteError } from './layouts/RouteError.js'
import { PATTERNS } from './path-builder.js'

/** Each page is loaded when it is first opened. */
export const routes: RouteObject[] = [
  {
    ErrorBoundary: RouteError,
    HydrateFallback: FirstPaint,
    children: [
      { path: PATTERNS.signIn, lazy: async () => ({ Component: (await import('./features/sign-in/SignInPage.js')).SignInPage }) },
      {
        path: PATTERNS.invitation,
        lazy: async () => ({ Component: (await import('./features/sign-in/InvitationPage.js')).InvitationPage }),
      },
      {
        Component: AppLayout,
        children: [
          {
            ErrorBoundary: RouteError,
            children: [
              {
                path: PATTERNS.dashboard,
                lazy: async () => ({ Component: (await import('./features/dashboard/DashboardPage.js')).DashboardPage }),
              },
              {
                path: PATTERNS.incidents,
                lazy: async () => ({ Component: (await import('./features/incidents/IncidentsPage.js')).IncidentsPage }),
              },
              {
                path: PATTERNS.incident,
                lazy: async () => ({ Component: (await import('./features/incidents/IncidentPage.js')).IncidentPage }),
              },
              {
                path: PATTERNS.findings,
                // Not a file of its own, which saves its first load a request.
                Component: FindingsPage,
              },
              {
                path: PATTERNS.finding,
                lazy: async () => ({ Component: (await import('./features/findings/FindingPage.js')).FindingPage }),
              },
              { path: PATTERNS.scans, lazy: async () => ({ Component: (await import('./features/scans/ScansPage.js')).ScansPage }) },
              {
                path: PATTERNS.coverage,
                lazy: async () => ({ Component: (await import('./features/coverage/CoveragePage.js')).CoveragePage }),
              },
              {
                path: PATTERNS.exceptions,
                lazy: async () => ({ Component: (await import('./features/exceptions/ExceptionsPage.js')).ExceptionsPage }),
              },
              {
                path: PATTERNS.lostResults,
                lazy: async () => ({ Component: (await import('./features/lost-results/LostResultsPage.js')).LostResultsPage }),
              },
              { path: PATTERNS.nodes, lazy: async () => ({ Component: (await import('./features/nodes/NodesPage.js')).NodesPage }) },
              { path: PATTERNS.pods, lazy: async () => ({ Component: (await import('./features/pods/PodsPage.js')).PodsPage }) },
              { path: PATTERNS.images, lazy: async () => ({ Component: (await import('./features/images/ImagesPage.js')).ImagesPage }) },
              {
                path: PATTERNS.node,
                lazy: async () => ({ Component: (await import('./features/objects/NodePage.js')).NodePage }),
              },
              {
                path: PATTERNS.pod,
                lazy: async () => ({ Component: (await import('./features/objects/PodPage.js')).PodPage }),
              },
              {
                path: PATTERNS.namespace,
                lazy: async () => ({ Component: (await import('./features/objects/NamespacePage.js')).NamespacePage }),
              },
              {
                path: PATTERNS.image,
                lazy: async () => ({ Component: (await import('./features/objects/ImagePage.js')).ImagePage }),
              },
              {
                path: PATTERNS.signatures,
                lazy: async () => ({ Component: (await import('./features/signatures/overview/SignaturesPage.js')).SignaturesPage }),
              },
              {
                path: PATTERNS.signatureNodes,
                lazy: async () => ({ Component: (await import('./features/signatures/nodes/SignatureNodesPage.js')).SignatureNodesPage }),
              },
              {
                path: PATTERNS.signatureHistory,
                lazy: async () => ({ Component: (await import('./features/signatures/history/HistoryPage.js')).HistoryPage }),
              },
              {
                path: PATTERNS.signatureImport,
                lazy: async () => ({ Component: (await import('./features/signatures/import/ImportPage.js')).ImportPage }),
              },
              {
                path: PATTERNS.signatureCustom,
                lazy: async () => ({ Component: (await import('./features/signatures/custom/CustomPage.js')).CustomPage }),
              },
              {
                path: PATTERNS.signatureSettings,
                lazy: async () => ({
                  Component: (await import('./features/signatures/settings/SignatureSettingsPage.js')).SignatureSettingsPage,
                }),
              },
              {
                path: PATTERNS.sightings,
                lazy: async () => ({ Component: (await import('./features/findings/SightingsPage.js')).SightingsPage }),
              },
              {
                path: PATTERNS.notifications,
                lazy: async () => ({ Component: (await import('./features/notifications/NotificationsPage.js')).NotificationsPage }),
              },
              {
                path: PATTERNS.apiKeys,
                lazy: async () => ({ Component: (await import('./features/api-keys/ApiKeysPage.js')).ApiKeysPage }),
              },
              { path: PATTERNS.users, lazy: async () => ({ Component: (await import('./features/users/UsersPage.js')).UsersPage }) },
              {
                path: PATTERNS.scanConfig,
                lazy: async () => ({ Component: (await import('./features/scan-config/ScanConfigPage.js')).ScanConfigPage }),
              },
              { path: PATTERNS.audit, lazy: async () => ({ Component: (await import('./features/audit/AuditPage.js')).AuditPage }) },
              {
                path: PATTERNS.account,
                lazy: async () => ({ Component: (await import('./features/account/AccountPage.js')).AccountPage }),
              },
              { path: '*', Component: NotFoundPage },
            ],
          },
        ],
      },
    ],
  },
]
