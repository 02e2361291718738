import { Module } from '@nestjs/common'
import { HuntedHashRepository } from './hunted-hash.repository.js'
import { RetroHuntRepository } from './retro-hunt.repository.js'
import { RetroHuntService } from './retro-hunt.service.js'
import { SightingRepository } from './sighting.repository.js'
import { SightingsController } from './sightings.controller.js'
import { SightingsService } from './sightings.service.js'

/** Where contents were seen: the list of one content, what findings say of theirs, hashes looked for among them. */
@Module({
  controllers: [SightingsController],
  providers: [SightingsService, SightingRepository, HuntedHashRepository],
  exports: [SightingsService],
})
export class SightingsModule {}

/** The hunt for hashes among what was seen; for the worker. */
@Module({ providers: [RetroHuntService, RetroHuntRepository], exports: [RetroHuntService] })
export class RetroHuntModule {}
