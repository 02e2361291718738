import { CoveragePage, CoverageQuery, NodeList, NodeQuery, PodPage, PodQuery, ResultGapPage, ResultGapQuery } from '@guardimesh/contracts'
import { Controller, Get, Query, SerializeOptions } from '@nestjs/common'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { InventoryService } from './inventory.service.js'

@Controller('api')
@RequireRead()
export class InventoryController {
  constructor(private readonly inventory: InventoryService) {}

  @Operation({
    summary: 'List nodes',
    description: 'Returns nodes that run a scanner, with their state and health, by cluster and name.',
    errors: ['CURSOR_INVALID'],
  })
  @Get('nodes')
  @SerializeOptions({ schema: NodeList })
  nodes(@Query({ schema: NodeQuery }) query: NodeQuery): Promise<NodeList> {
    return this.inventory.listNodes(query)
  }

  @Operation({
    summary: 'List pods',
    description: 'Returns pods, newest first, and whether each container is monitored. Deleted pods are included with `gone=true`.',
    errors: ['CURSOR_INVALID'],
  })
  @Get('pods')
  @SerializeOptions({ schema: PodPage })
  pods(@Query({ schema: PodQuery }) query: PodQuery): Promise<PodPage> {
    return this.inventory.listPods(query)
  }

  @Operation({
    summary: 'List coverage gaps',
    description: 'Returns files and containers that were not scanned, with the reason, and totals by reason.',
    errors: ['CURSOR_INVALID'],
  })
  @Get('coverage')
  @SerializeOptions({ schema: CoveragePage })
  coverage(@Query({ schema: CoverageQuery }) query: CoverageQuery): Promise<CoveragePage> {
    return this.inventory.listCoverage(query)
  }

  @Operation({
    summary: 'List result gaps',
    description: 'Returns results that nodes dropped because their spool was full, with counts and the period, last received first.',
    errors: ['CURSOR_INVALID'],
  })
  @Get('result-gaps')
  @SerializeOptions({ schema: ResultGapPage })
  resultGaps(@Query({ schema: ResultGapQuery }) query: ResultGapQuery): Promise<ResultGapPage> {
    return this.inventory.listResultGaps(query)
  }
}
