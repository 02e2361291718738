import { Module } from '@nestjs/common'
import { ProtobufModule } from '../../platform/protobuf/protobuf.module.js'
import { PodLogsController } from './pod-logs.controller.js'
import { PodLogsRepository } from './pod-logs.repository.js'
import { PodLogsService } from './pod-logs.service.js'

/** Ingestion of the pod inventory. */
@Module({ imports: [ProtobufModule], controllers: [PodLogsController], providers: [PodLogsService, PodLogsRepository] })
export class PodLogsModule {}
