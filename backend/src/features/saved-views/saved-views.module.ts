import { Module } from '@nestjs/common'
import { SavedViewRepository } from './saved-view.repository.js'
import { SavedViewsController } from './saved-views.controller.js'
import { SavedViewsService } from './saved-views.service.js'

/** Saved views and the display of lists. */
@Module({ controllers: [SavedViewsController], providers: [SavedViewsService, SavedViewRepository] })
export class SavedViewsModule {}
