import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { createMemoryRouter } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { createQueryClient } from '../src/api/query-client.js'
import { setUpI18n } from '../src/i18n/set-up-i18n.js'
import { theme } from '../src/theme.js'

await setUpI18n()

/** Draws a component as the console does: with its theme, texts, cache and a router at `address`. */
export function renderInConsole(children: ReactNode, address = '/') {
  const router = createMemoryRouter([{ path: '*', element: children }], { initialEntries: [address] })
  const view = render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={createQueryClient()}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  )
  return { ...view, router }
}

/** Waits until nothing on the screen says that it is loading. */
export async function dataIsDrawn(): Promise<void> {
  await waitFor(() => {
    if (screen.queryByRole('status', { name: 'Loading' })) throw new Error('still loading')
  })
}
