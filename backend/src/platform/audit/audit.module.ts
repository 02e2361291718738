import { Global, Module } from '@nestjs/common'
import { AuditRepository } from './audit.repository.js'

/** The audit log. */
@Global()
@Module({ providers: [AuditRepository], exports: [AuditRepository] })
export class AuditModule {}
