import { type ListPreferences, type ListViews, SAVED_VIEWS_MAX, type SaveView, type ViewedList } from '@guardimesh/contracts'
import { GuardError, parseUuid } from '@guardimesh/kit'
import { Injectable } from '@nestjs/common'
import { AuditRepository } from '../../platform/audit/audit.repository.js'
import { auditActorOf, type RequestOrigin } from '../../platform/audit/request-origin.js'
import type { AccountActor } from '../../platform/auth/actor.js'
import { Database, type Queryable } from '../../platform/database/database.js'
import { SavedViewRepository, type StoredView } from './saved-view.repository.js'

const NO_PREFERENCES: ListPreferences = { hiddenColumns: [], density: 'comfortable', defaultViewId: null }

/** A user, with the origin of the request. */
export interface ViewUser {
  readonly actor: AccountActor
  readonly origin: RequestOrigin
}

/** Saved views of lists, own and shared, and the display of lists for each user. */
@Injectable()
export class SavedViewsService {
  constructor(
    private readonly database: Database,
    private readonly views: SavedViewRepository,
    private readonly audit: AuditRepository,
  ) {}

  list(list: ViewedList, actor: AccountActor): Promise<ListViews> {
    return this.#read(this.database, list, actor)
  }

  /** @throws GuardError SAVED_VIEW_LIMIT_REACHED. */
  create(list: ViewedList, view: SaveView, user: ViewUser): Promise<ListViews> {
    const { accountId } = user.actor.account
    return this.database.transaction(async (tx) => {
      if ((await this.views.lockAndCount(tx, accountId)) >= SAVED_VIEWS_MAX)
        throw new GuardError('SAVED_VIEW_LIMIT_REACHED', `the limit of ${SAVED_VIEWS_MAX} saved views is reached; delete an unused one`)
      const viewId = await this.views.insert(tx, list, accountId, view)
      await this.#record(tx, 'create', viewId, { after: { list, ...view } }, user)
      return this.#read(tx, list, user.actor)
    })
  }

  /** @throws GuardError SAVED_VIEW_NOT_FOUND; ROLE_MISSING for a shared view of another user. */
  replace(list: ViewedList, viewId: string, view: SaveView, user: ViewUser): Promise<ListViews> {
    return this.database.transaction(async (tx) => {
      const before = await this.#lockOwn(tx, list, viewId, user.actor)
      await this.views.update(tx, viewId, view)
      await this.#record(tx, 'change', viewId, { before: stateOf(list, before), after: { list, ...view } }, user)
      return this.#read(tx, list, user.actor)
    })
  }

  /** @throws GuardError SAVED_VIEW_NOT_FOUND; ROLE_MISSING for a shared view of another user. */
  delete(list: ViewedList, viewId: string, user: ViewUser): Promise<ListViews> {
    return this.database.transaction(async (tx) => {
      const before = await this.#lockOwn(tx, list, viewId, user.actor)
      await this.views.delete(tx, viewId)
      await this.#record(tx, 'delete', viewId, { before: stateOf(list, before) }, user)
      return this.#read(tx, list, user.actor)
    })
  }

  /** @throws GuardError SAVED_VIEW_NOT_FOUND for a default view that the user cannot see. */
  replacePreferences(list: ViewedList, preferences: ListPreferences, { actor }: ViewUser): Promise<ListViews> {
    return this.database.transaction(async (tx) => {
      if (preferences.defaultViewId !== null) await this.#lockVisible(tx, list, preferences.defaultViewId, actor)
      await this.views.writePreferences(tx, list, actor.account.accountId, preferences)
      return this.#read(tx, list, actor)
    })
  }

  async #read(database: Queryable, list: ViewedList, actor: AccountActor): Promise<ListViews> {
    const { accountId } = actor.account
    const views = await this.views.listFor(database, list, accountId)
    const preferences = (await this.views.preferences(database, list, accountId)) ?? NO_PREFERENCES
    // A view that is no longer shared does not open for others.
    const hasDefault = views.some(({ viewId }) => viewId === preferences.defaultViewId)
    return {
      views: views.map(({ authorId, ...view }) => ({ ...view, canChange: canChange(authorId, actor) })),
      preferences: hasDefault ? preferences : { ...preferences, defaultViewId: null },
    }
  }

  async #lockVisible(tx: Queryable, list: ViewedList, viewId: string, { account }: AccountActor): Promise<StoredView> {
    const view = parseUuid(viewId) ? await this.views.lock(tx, list, viewId) : undefined
    if (!view || !(view.isShared || view.authorId === account.accountId))
      throw new GuardError('SAVED_VIEW_NOT_FOUND', 'saved view not found; its author may have deleted it')
    return view
  }

  async #lockOwn(tx: Queryable, list: ViewedList, viewId: string, actor: AccountActor): Promise<StoredView> {
    const view = await this.#lockVisible(tx, list, viewId, actor)
    if (!canChange(view.authorId, actor))
      throw new GuardError('ROLE_MISSING', 'only the author of a shared view and administrators can change it; save a copy')
    return view
  }

  #record(
    tx: Queryable,
    verb: string,
    viewId: string,
    details: Readonly<Record<string, unknown>>,
    { actor, origin }: ViewUser,
  ): Promise<void> {
    return this.audit.record(tx, { actor: auditActorOf(actor), action: `saved-view.${verb}`, target: viewId, details, ...origin })
  }
}

function canChange(authorId: string, { account }: AccountActor): boolean {
  return authorId === account.accountId || account.role === 'administrator'
}

function stateOf(list: ViewedList, { name, isShared, address, hiddenColumns, density }: StoredView) {
  return { list, name, isShared, address, hiddenColumns, density }
}
