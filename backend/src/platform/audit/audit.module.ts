import { Global, Module } from '@nestjs/common'
import { AuditRepository } from './audit.repository.js'
import { DeniedRequests } from './denied-requests.js'

/** The audit log. */
@Global()
@Module({ providers: [AuditRepository, DeniedRequests], exports: [AuditRepository, DeniedRequests] })
export class AuditModule {}
