import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { createMemoryRouter, type RouteObject } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { createQueryClient } from '../api/query-client.js'
import { setUpI18n } from '../i18n/set-up-i18n.js'
import { theme } from '../theme.js'

await setUpI18n()

/** Renders a component with the theme, texts, query cache and a router at `address`. */
export function renderInConsole(children: ReactNode, address = '/') {
  return renderRoutes([{ path: '*', element: children }], address)
}

/** Renders routes of the console at `address`. */
export function renderRoutes(routes: RouteObject[], address: string) {
  const router = createMemoryRouter(routes, { initialEntries: [address] })
  const view = render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={createQueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  )
  return { ...view, router }
}

/** Waits until nothing is loading. */
export async function waitForData(): Promise<void> {
  await waitFor(() => {
    if (screen.queryByRole('status', { name: 'Loading' })) throw new Error('still loading')
  })
}
