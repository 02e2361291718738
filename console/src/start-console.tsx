import '@mantine/core/styles.css'
import './styles.css'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter } from 'react-router'
import { App } from './App.js'
import { createQueryClient } from './api/query-client.js'
import { setUpI18n } from './i18n/set-up-i18n.js'
import { routes } from './routes.js'

/** Draws the console into the page of index.html. */
export async function startConsole(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html lacks the element "root"')
  await setUpI18n()
  createRoot(root).render(<App router={createBrowserRouter(routes)} queryClient={createQueryClient()} />)
}
