import { z } from 'zod'
import { SignatureServerStatus } from '../signatures/server.js'

/** `GET /api/signatures`: what the signature server offers, and which generation how many of the nodes that report have loaded. */
export const SignaturesView = z.object({
  /** `absent`: this installation has none (one machine); `unreachable`: `problem` says why. */
  state: z.enum(['reachable', 'unreachable', 'absent']),
  problem: z.string().max(2000),
  server: SignatureServerStatus.nullable(),
  /** By generation; its name is empty for nodes that have loaded none. */
  nodes: z.array(z.object({ generation: z.string(), nodes: z.number().int() })),
})
export type SignaturesView = z.infer<typeof SignaturesView>
