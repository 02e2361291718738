import { Module } from '@nestjs/common'
import { ProtobufModule } from '../../platform/protobuf/protobuf.module.js'
import { ExceptionsModule } from '../exceptions/exceptions.module.js'
import { PartitionsService } from '../retention/partitions.service.js'
import { IngestController } from './ingest.controller.js'
import { IngestService } from './ingest.service.js'
import { IngestMetrics } from './ingest-metrics.js'

/** Ingestion of scan results. */
@Module({
  imports: [ProtobufModule, ExceptionsModule],
  controllers: [IngestController],
  providers: [IngestService, IngestMetrics, PartitionsService],
})
export class IngestModule {}
