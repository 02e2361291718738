import { SignaturesView } from '@guardimesh/contracts'
import { Controller, Get, SerializeOptions } from '@nestjs/common'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { InventoryService } from '../inventory/inventory.service.js'
import { SignatureServer } from './signature-server.js'

@Controller('api/signatures')
@RequireRead()
export class SignaturesController {
  constructor(
    private readonly server: SignatureServer,
    private readonly inventory: InventoryService,
  ) {}

  @Get()
  @SerializeOptions({ schema: SignaturesView })
  async read(): Promise<SignaturesView> {
    const [answer, nodes] = await Promise.all([this.server.status(), this.inventory.nodesByGeneration()])
    return {
      state: answer.state,
      problem: answer.state === 'unreachable' ? answer.problem : '',
      server: answer.state === 'reachable' ? answer.status : null,
      nodes,
      freshness: { state: 'unknown', newestBuiltAt: null },
      staleness: { warnHours: 72, criticalHours: 168 },
      canChange: false,
    }
  }
}
