import { Module } from '@nestjs/common'
import { AuditController } from './audit.controller.js'
import { AuditService } from './audit.service.js'
import { AuditLogRepository } from './audit-log.repository.js'

/** Reads the audit log; features write it through AuditRepository. */
@Module({ controllers: [AuditController], providers: [AuditService, AuditLogRepository] })
export class AuditLogModule {}
