import { Module } from '@nestjs/common'
import { ProtobufIntake } from './protobuf-intake.js'

/** Provides ProtobufIntake: one memory budget for all protobuf routes. */
@Module({ providers: [ProtobufIntake], exports: [ProtobufIntake] })
export class ProtobufModule {}
