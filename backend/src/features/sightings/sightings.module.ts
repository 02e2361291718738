import { Module } from '@nestjs/common'
import { HuntedHashRepository } from './hunted-hash.repository.js'
import { RetroHuntRepository } from './retro-hunt.repository.js'
import { RetroHuntService } from './retro-hunt.service.js'
import { SightingRepository } from './sighting.repository.js'
import { SightingsController } from './sightings.controller.js'
import { SightingsService } from './sightings.service.js'

/** Sightings and hunted hashes. */
@Module({
  controllers: [SightingsController],
  providers: [SightingsService, SightingRepository, HuntedHashRepository],
  exports: [SightingsService],
})
export class SightingsModule {}

/** Retro-hunt, for the worker. */
@Module({ providers: [RetroHuntService, RetroHuntRepository], exports: [RetroHuntService] })
export class RetroHuntModule {}
