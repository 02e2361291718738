import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { FailedLogins } from './failed-logins.js'
import { SessionRepository } from './session.repository.js'
import { SessionsController } from './sessions.controller.js'
import { SessionsService } from './sessions.service.js'

/** Login sessions. */
@Module({ imports: [AccountsModule], controllers: [SessionsController], providers: [SessionsService, SessionRepository, FailedLogins] })
export class SessionsModule {}
