import { Module } from '@nestjs/common'
import { AccountsModule } from '../accounts/accounts.module.js'
import { TwoFactorModule } from '../two-factor/two-factor.module.js'
import { ChallengeRepository } from './challenge.repository.js'
import { SessionRepository } from './session.repository.js'
import { SessionListController } from './session-list.controller.js'
import { SessionListService } from './session-list.service.js'
import { SessionsController } from './sessions.controller.js'
import { SessionsService } from './sessions.service.js'

/** Login sessions. */
@Module({
  imports: [AccountsModule, TwoFactorModule],
  controllers: [SessionsController, SessionListController],
  providers: [SessionsService, SessionListService, SessionRepository, ChallengeRepository],
})
export class SessionsModule {}
