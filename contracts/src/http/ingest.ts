import { z } from 'zod'

/** Answer of `POST /api/v1/scan/results` (200): all of it is stored. `duplicates` of `accepted` were stored before. */
export const IngestReceipt = z.object({
  accepted: z.number().int(),
  duplicates: z.number().int(),
})
export type IngestReceipt = z.infer<typeof IngestReceipt>

/** Answer of `POST /api/v1/pods/logs` (200): the inventory is stored. `accepted` counts pods. */
export const InventoryReceipt = z.object({ accepted: z.number().int() })
export type InventoryReceipt = z.infer<typeof InventoryReceipt>

/** `GET /api/v1/version`. */
export const VersionView = z.object({ version: z.string(), api: z.literal('v1') })
export type VersionView = z.infer<typeof VersionView>
