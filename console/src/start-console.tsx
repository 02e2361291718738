import './mantine-styles.js'
import './styles.css'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter } from 'react-router'
import { App } from './App.js'
import { sessionQuery } from './api/queries/session.js'
import { createQueryClient } from './api/query-client.js'
import { setUpI18n } from './i18n/set-up-i18n.js'
import { routes } from './routes.js'

/** Renders the console into the root element of index.html. */
export async function startConsole(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no element with the id "root"')
  const queryClient = createQueryClient()
  // In parallel with the code of the page. The layout shows a failure.
  void queryClient.prefetchQuery(sessionQuery)
  await setUpI18n()
  createRoot(root).render(<App router={createBrowserRouter(routes)} queryClient={queryClient} />)
}
