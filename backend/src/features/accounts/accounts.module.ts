import { Module } from '@nestjs/common'
import { AccountRepository } from './account.repository.js'
import { AccountsController } from './accounts.controller.js'
import { AccountsService } from './accounts.service.js'
import { FailedLogins } from './failed-logins.js'
import { InvitationsController } from './invitations.controller.js'
import { InvitationsService } from './invitations.service.js'
import { KnownDevicesService } from './known-devices.service.js'
import { LoginThrottle } from './login-throttle.js'
import { UserRepository } from './user.repository.js'
import { UsersController } from './users.controller.js'
import { UsersService } from './users.service.js'

/** Accounts and their passwords. */
@Module({
  controllers: [AccountsController, UsersController, InvitationsController],
  providers: [
    AccountsService,
    AccountRepository,
    FailedLogins,
    InvitationsService,
    KnownDevicesService,
    LoginThrottle,
    UserRepository,
    UsersService,
  ],
  exports: [AccountsService, AccountRepository, KnownDevicesService],
})
export class AccountsModule {}
