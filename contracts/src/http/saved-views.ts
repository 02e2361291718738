import { z } from 'zod'

/** Lists with saved views. */
export const VIEWED_LISTS = ['findings', 'incidents', 'scans'] as const
export type ViewedList = (typeof VIEWED_LISTS)[number]

export const DENSITIES = ['comfortable', 'compact'] as const
export type Density = (typeof DENSITIES)[number]

/** Maximum saved views of one account. */
export const SAVED_VIEWS_MAX = 100
export const VIEW_NAME_MAX = 80

/** How a list is displayed. */
const Display = {
  hiddenColumns: z.array(z.string().min(1).max(40)).max(40).describe('Columns that are not shown'),
  density: z.enum(DENSITIES).describe('Height of the rows'),
}

/** Body of `POST /api/views/{list}` and `PUT /api/views/{list}/{viewId}`. */
export const SaveView = z.object({
  name: z.string().trim().min(1).max(VIEW_NAME_MAX),
  isShared: z.boolean().describe('true: all users see the view'),
  address: z.string().max(4096).describe('Query string of the page, without "?": filters and order'),
  ...Display,
})
export type SaveView = z.infer<typeof SaveView>

export const SavedView = SaveView.extend({
  viewId: z.string(),
  author: z.string().describe('Email address'),
  canChange: z.boolean().describe('True for the author and for administrators'),
})
export type SavedView = z.infer<typeof SavedView>

/** Body of `PUT /api/views/{list}/preferences`. */
export const ListPreferences = z.object({
  ...Display,
  defaultViewId: z.uuid().nullable().describe('View that opens with the page'),
})
export type ListPreferences = z.infer<typeof ListPreferences>

/** `GET /api/views/{list}`. */
export const ListViews = z.object({
  views: z.array(SavedView).describe('Own and shared views, by name'),
  preferences: ListPreferences.describe('Of the current user'),
})
export type ListViews = z.infer<typeof ListViews>
