import { CoveragePage, CoverageQuery, NodeList, PodPage, PodQuery } from '@guardimesh/contracts'
import { Controller, Get, Query, SerializeOptions } from '@nestjs/common'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { InventoryService } from './inventory.service.js'

@Controller('api')
@RequireRead()
export class InventoryController {
  constructor(private readonly inventory: InventoryService) {}

  @Get('nodes')
  @SerializeOptions({ schema: NodeList })
  nodes(): Promise<NodeList> {
    return this.inventory.listNodes()
  }

  @Get('pods')
  @SerializeOptions({ schema: PodPage })
  pods(@Query({ schema: PodQuery }) query: PodQuery): Promise<PodPage> {
    return this.inventory.listPods(query)
  }

  @Get('coverage')
  @SerializeOptions({ schema: CoveragePage })
  coverage(@Query({ schema: CoverageQuery }) query: CoverageQuery): Promise<CoveragePage> {
    return this.inventory.listCoverage(query)
  }
}
