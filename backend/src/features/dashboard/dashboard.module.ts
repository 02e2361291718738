import { type DynamicModule, Module } from '@nestjs/common'
import { InventoryModule } from '../inventory/inventory.module.js'
import { CoverageTrendRepository } from './coverage-trend.repository.js'
import { DashboardController } from './dashboard.controller.js'
import { DashboardService } from './dashboard.service.js'
import { FindingTrendRepository } from './finding-trend.repository.js'
import { HourlyTotalsRepository } from './hourly-totals.repository.js'
import { HourlyTotalsService } from './hourly-totals.service.js'
import { ResponseTimesRepository } from './response-times.repository.js'
import { StatusRepository } from './status.repository.js'

@Module({})
class DashboardModule {}

/** The dashboard, with the module of the signature server. */
export function dashboardModule(signatures: DynamicModule): DynamicModule {
  return {
    module: DashboardModule,
    imports: [InventoryModule, signatures],
    controllers: [DashboardController],
    providers: [DashboardService, FindingTrendRepository, CoverageTrendRepository, ResponseTimesRepository, StatusRepository],
  }
}

/** Totals of past hours, for the worker. */
@Module({ providers: [HourlyTotalsService, HourlyTotalsRepository], exports: [HourlyTotalsService] })
export class HourlyTotalsModule {}
