import { OverviewView } from '@guardimesh/contracts'
import { Controller, Get, SerializeOptions } from '@nestjs/common'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { FindingsService } from '../findings/findings.service.js'
import { InventoryService } from '../inventory/inventory.service.js'

@Controller('api/overview')
@RequireRead()
export class OverviewController {
  constructor(
    private readonly findings: FindingsService,
    private readonly inventory: InventoryService,
  ) {}

  @Operation({
    summary: 'Get the overview',
    description: "Returns the totals of the console's first screen: findings of the last 24 hours, nodes, pods and lost results.",
  })
  @Get()
  @SerializeOptions({ schema: OverviewView })
  async read(): Promise<OverviewView> {
    const [findingsBySeverity, totals] = await Promise.all([this.findings.countLastDay(), this.inventory.totals()])
    const findingsLastDay = Object.values(findingsBySeverity).reduce((sum, count) => sum + count, 0)
    return { findingsLastDay, findingsBySeverity, ...totals }
  }
}
