import { DashboardQuery, DashboardView } from '@guardimesh/contracts'
import { Controller, Get, Query, SerializeOptions } from '@nestjs/common'
import { RequireRead } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { DashboardService } from './dashboard.service.js'

@Controller('api/dashboard')
@RequireRead()
export class DashboardController {
  constructor(private readonly dashboard: DashboardService) {}

  @Operation({
    summary: 'Get the dashboard',
    description:
      'Returns open incidents, findings over time, the most frequent namespaces, images and signatures, coverage, nodes, signatures, response times and the state of the set-up, up to 10 seconds old.',
  })
  @Get()
  @SerializeOptions({ schema: DashboardView })
  read(@Query({ schema: DashboardQuery }) { range }: DashboardQuery): Promise<DashboardView> {
    return this.dashboard.read(range)
  }
}
