import { Module } from '@nestjs/common'
import { CoverageRepository } from './coverage.repository.js'
import { InventoryController } from './inventory.controller.js'
import { InventoryService } from './inventory.service.js'
import { NodeRepository } from './node.repository.js'
import { PodRepository } from './pod.repository.js'
import { ResultGapRepository } from './result-gap.repository.js'

/** Nodes, pods and coverage. */
@Module({
  controllers: [InventoryController],
  providers: [InventoryService, NodeRepository, PodRepository, CoverageRepository, ResultGapRepository],
  exports: [InventoryService],
})
export class InventoryModule {}
