import { ListPreferences, ListViews, SaveView, VIEWED_LISTS, type ViewedList } from '@guardimesh/contracts'
import { GuardError } from '@guardimesh/kit'
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common'
import { CurrentOrigin, type RequestOrigin } from '../../platform/audit/request-origin.js'
import { type AccountActor, CurrentAccount } from '../../platform/auth/actor.js'
import { RequireSession } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { SavedViewsService } from './saved-views.service.js'

@Controller('api/views/:list')
@RequireSession()
export class SavedViewsController {
  constructor(private readonly views: SavedViewsService) {}

  @Operation({
    summary: 'List saved views',
    description: 'Returns the own and the shared views of a list (findings, incidents or scans), and how the user displays the list.',
    errors: ['SAVED_VIEW_NOT_FOUND'],
  })
  @Get()
  @SerializeOptions({ schema: ListViews })
  list(@Param('list') list: string, @CurrentAccount() actor: AccountActor): Promise<ListViews> {
    return this.views.list(parseList(list), actor)
  }

  @Operation({
    summary: 'Save a view',
    description: 'Saves filters, order, columns and density of a list under a name.',
    errors: ['SAVED_VIEW_NOT_FOUND', 'SAVED_VIEW_LIMIT_REACHED'],
  })
  @Post()
  @HttpCode(200)
  @SerializeOptions({ schema: ListViews })
  create(
    @Param('list') list: string,
    @Body({ schema: SaveView }) view: SaveView,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<ListViews> {
    return this.views.create(parseList(list), view, { actor, origin })
  }

  @Operation({
    summary: 'Change the display of a list',
    description: 'Replaces columns, density and default view of the user.',
    errors: ['SAVED_VIEW_NOT_FOUND'],
  })
  @Put('preferences')
  @SerializeOptions({ schema: ListViews })
  replacePreferences(
    @Param('list') list: string,
    @Body({ schema: ListPreferences }) preferences: ListPreferences,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<ListViews> {
    return this.views.replacePreferences(parseList(list), preferences, { actor, origin })
  }

  @Operation({
    summary: 'Change a saved view',
    description: 'Replaces a view. Only its author and administrators can change it.',
    errors: ['SAVED_VIEW_NOT_FOUND', 'ROLE_MISSING'],
  })
  @Put(':viewId')
  @SerializeOptions({ schema: ListViews })
  replace(
    @Param('list') list: string,
    @Param('viewId') viewId: string,
    @Body({ schema: SaveView }) view: SaveView,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<ListViews> {
    return this.views.replace(parseList(list), viewId, view, { actor, origin })
  }

  @Operation({
    summary: 'Delete a saved view',
    description: 'Deletes a view. Only its author and administrators can delete it.',
    errors: ['SAVED_VIEW_NOT_FOUND', 'ROLE_MISSING'],
  })
  @Delete(':viewId')
  @SerializeOptions({ schema: ListViews })
  delete(
    @Param('list') list: string,
    @Param('viewId') viewId: string,
    @CurrentAccount() actor: AccountActor,
    @CurrentOrigin() origin: RequestOrigin,
  ): Promise<ListViews> {
    return this.views.delete(parseList(list), viewId, { actor, origin })
  }
}

/** @throws GuardError SAVED_VIEW_NOT_FOUND for a list without views. */
function parseList(text: string): ViewedList {
  const list = VIEWED_LISTS.find((one) => one === text)
  if (list) return list
  throw new GuardError('SAVED_VIEW_NOT_FOUND', `this list has no saved views; use ${VIEWED_LISTS.join(', ')}`)
}
