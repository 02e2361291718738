import { Module } from '@nestjs/common'
import { CoverageRepository } from './coverage.repository.js'
import { CoverageExportController } from './coverage-export.controller.js'
import { InventoryController } from './inventory.controller.js'
import { InventoryService } from './inventory.service.js'
import { NodeRepository } from './node.repository.js'
import { PodRepository } from './pod.repository.js'
import { ResultGapRepository } from './result-gap.repository.js'

/** Nodes, pods and coverage, for other modules and the worker. */
@Module({
  providers: [InventoryService, NodeRepository, PodRepository, CoverageRepository, ResultGapRepository],
  exports: [InventoryService],
})
export class InventoryModule {}

/** API of nodes, pods and coverage. */
@Module({ imports: [InventoryModule], controllers: [InventoryController, CoverageExportController] })
export class InventoryApiModule {}
