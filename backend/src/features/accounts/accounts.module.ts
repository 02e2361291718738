import { Module } from '@nestjs/common'
import { AccountRepository } from './account.repository.js'
import { AccountsController } from './accounts.controller.js'
import { AccountsService } from './accounts.service.js'
import { LoginThrottle } from './login-throttle.js'

/** Accounts and their passwords. */
@Module({
  controllers: [AccountsController],
  providers: [AccountsService, AccountRepository, LoginThrottle],
  exports: [AccountsService, AccountRepository],
})
export class AccountsModule {}
