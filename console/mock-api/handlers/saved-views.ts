import { ListPreferences, ListViews, SaveView } from '@guardimesh/contracts'
import { answer, problem } from '../answer.js'
import type { MockCall, MockRoute } from './mock-route.js'

const NO_VIEWS: ListViews = { views: [], preferences: { hiddenColumns: [], density: 'comfortable', defaultViewId: null } }

const keyOf = ({ parts, session }: MockCall) => `${parts[0]} ${session?.email}`
const viewsOf = (call: MockCall) => call.db.listViews.get(keyOf(call)) ?? NO_VIEWS

function change(call: MockCall, views: ListViews): Response {
  call.db.listViews.set(keyOf(call), views)
  return answer(ListViews, views)
}

/** Saved views; all of them are private. */
export const savedViewRoutes: readonly MockRoute[] = [
  ['GET', /^\/api\/views\/(\w+)$/, (call) => answer(ListViews, viewsOf(call))],
  [
    'POST',
    /^\/api\/views\/(\w+)$/,
    (call) => {
      const { views, preferences } = viewsOf(call)
      const view = { ...SaveView.parse(call.body), viewId: crypto.randomUUID(), author: call.session?.email ?? '', canChange: true }
      return change(call, { views: [...views, view].toSorted((a, b) => a.name.localeCompare(b.name)), preferences })
    },
  ],
  [
    'PUT',
    /^\/api\/views\/(\w+)\/preferences$/,
    (call) => change(call, { ...viewsOf(call), preferences: ListPreferences.parse(call.body) }),
  ],
  [
    'PUT',
    /^\/api\/views\/(\w+)\/([\w-]+)$/,
    (call) => {
      const { views, preferences } = viewsOf(call)
      if (!views.some(({ viewId }) => viewId === call.parts[1])) return problem('SAVED_VIEW_NOT_FOUND', 'saved view not found')
      const view = SaveView.parse(call.body)
      return change(call, { views: views.map((one) => (one.viewId === call.parts[1] ? { ...one, ...view } : one)), preferences })
    },
  ],
  [
    'DELETE',
    /^\/api\/views\/(\w+)\/([\w-]+)$/,
    (call) => {
      const { views, preferences } = viewsOf(call)
      return change(call, { views: views.filter(({ viewId }) => viewId !== call.parts[1]), preferences })
    },
  ],
]
