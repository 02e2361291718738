import { Global, Module } from '@nestjs/common'
import { EventHub } from './event-hub.js'

/** Provides the EventHub to all features. */
@Global()
@Module({ providers: [EventHub], exports: [EventHub] })
export class EventsModule {}
