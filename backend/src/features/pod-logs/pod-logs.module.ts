import { Module } from '@nestjs/common'
import { ProtobufModule } from '../../platform/protobuf/protobuf.module.js'
import { PodLogsController } from './pod-logs.controller.js'
import { PodLogsRepository } from './pod-logs.repository.js'
import { PodLogsService } from './pod-logs.service.js'

/** Takes in the inventory of nodes. */
@Module({ imports: [ProtobufModule], controllers: [PodLogsController], providers: [PodLogsService, PodLogsRepository] })
export class PodLogsModule {}
