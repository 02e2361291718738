import { Module } from '@nestjs/common'
import { FindingsModule } from '../findings/findings.module.js'
import { InventoryModule } from '../inventory/inventory.module.js'
import { OverviewController } from './overview.controller.js'

/** Totals for the console's first screen. */
@Module({ imports: [FindingsModule, InventoryModule], controllers: [OverviewController] })
export class OverviewModule {}
