import { Module } from '@nestjs/common'
import { ProtobufIntake } from './protobuf-intake.js'

/** Offers ProtobufIntake: one memory budget for all routes that take protobuf. */
@Module({ providers: [ProtobufIntake], exports: [ProtobufIntake] })
export class ProtobufModule {}
