import { Navigate, type RouteObject } from 'react-router'
import { AppLayout } from './layouts/AppLayout.js'
import { FirstPaint } from './layouts/FirstPaint.js'
import { NotFoundPage } from './layouts/NotFoundPage.js'
import { RouteError } from './layouts/RouteError.js'
import { PATTERNS } from './path-builder.js'

/** The table of contents: each screen is loaded when it is first opened. */
export const routes: RouteObject[] = [
  {
    ErrorBoundary: RouteError,
    HydrateFallback: FirstPaint,
    children: [
      { path: PATTERNS.signIn, lazy: async () => ({ Component: (await import('./features/sign-in/SignInPage.js')).SignInPage }) },
      {
        Component: AppLayout,
        children: [
          { path: '/', element: <Navigate to={PATTERNS.findings} replace /> },
          {
            ErrorBoundary: RouteError,
            children: [
              {
                path: PATTERNS.findings,
                lazy: async () => ({ Component: (await import('./features/findings/FindingsPage.js')).FindingsPage }),
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
              { path: PATTERNS.nodes, lazy: async () => ({ Component: (await import('./features/nodes/NodesPage.js')).NodesPage }) },
              { path: PATTERNS.pods, lazy: async () => ({ Component: (await import('./features/pods/PodsPage.js')).PodsPage }) },
              {
                path: PATTERNS.signatures,
                lazy: async () => ({ Component: (await import('./features/signatures/SignaturesPage.js')).SignaturesPage }),
              },
              {
                path: PATTERNS.apiKeys,
                lazy: async () => ({ Component: (await import('./features/api-keys/ApiKeysPage.js')).ApiKeysPage }),
              },
              {
                path: PATTERNS.scanConfig,
                lazy: async () => ({ Component: (await import('./features/scan-config/ScanConfigPage.js')).ScanConfigPage }),
              },
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
