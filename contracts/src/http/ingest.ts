import { z } from 'zod'

/** Response of `POST /api/v1/scan/results` (200): everything is stored. */
export const IngestReceipt = z.object({
  accepted: z.number().int().describe('Results in the request'),
  duplicates: z.number().int().describe('Of these, results that were stored before'),
})
export type IngestReceipt = z.infer<typeof IngestReceipt>

/** Response of `POST /api/v1/pods/logs` (200): the inventory is stored. */
export const InventoryReceipt = z.object({ accepted: z.number().int().describe('Pods in the request') })
export type InventoryReceipt = z.infer<typeof InventoryReceipt>

/** `GET /api/v1/version`. */
export const VersionView = z.object({ version: z.string(), api: z.literal('v1') })
export type VersionView = z.infer<typeof VersionView>
