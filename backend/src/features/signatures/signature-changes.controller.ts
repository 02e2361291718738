import {
  ChangeRollOut,
  CustomSignatures,
  ImportStarted,
  MIB_BYTES,
  ReplaceCustomSignatures,
  RollBack,
  SignatureServerStatus,
  SignatureSettings,
  SignatureStaleness,
  StartImport,
} from '@guardimesh/contracts'
import { Body, Controller, Get, HttpCode, Post, Put, SerializeOptions } from '@nestjs/common'
import { type ChangedBy, CurrentChange } from '../../platform/audit/changed-by.js'
import { RequireAdministratorOr } from '../../platform/auth/require-scope.js'
import { LargeJson } from '../../platform/http/route-body.js'
import { SignatureChangesService } from './signature-changes.service.js'

/** 50,000 hashes with names and reasons take 15 MB, 50 files of rules 13 MB. */
const CUSTOM_BODY_MAX_BYTES = 32 * MIB_BYTES

/** What administrators, and programs with their leave, change about signatures. */
@Controller('api/signatures')
@RequireAdministratorOr('signatures:write')
export class SignatureChangesController {
  constructor(private readonly changes: SignatureChangesService) {}

  @Post('imports')
  @HttpCode(202)
  @SerializeOptions({ schema: ImportStarted })
  startImport(@Body({ schema: StartImport }) body: StartImport, @CurrentChange() by: ChangedBy): Promise<ImportStarted> {
    return this.changes.startImport(body, by)
  }

  @Post('roll-out')
  @HttpCode(200)
  @SerializeOptions({ schema: SignatureServerStatus })
  changeRollOut(@Body({ schema: ChangeRollOut }) body: ChangeRollOut, @CurrentChange() by: ChangedBy): Promise<SignatureServerStatus> {
    return this.changes.changeRollOut(body, by)
  }

  @Post('rollback')
  @HttpCode(200)
  @SerializeOptions({ schema: SignatureServerStatus })
  rollBack(@Body({ schema: RollBack }) body: RollBack, @CurrentChange() by: ChangedBy): Promise<SignatureServerStatus> {
    return this.changes.rollBack(body, by)
  }

  @Put('settings')
  @SerializeOptions({ schema: SignatureServerStatus })
  replaceSettings(
    @Body({ schema: SignatureSettings }) body: SignatureSettings,
    @CurrentChange() by: ChangedBy,
  ): Promise<SignatureServerStatus> {
    return this.changes.replaceSettings(body, by)
  }

  @Get('custom')
  @SerializeOptions({ schema: CustomSignatures })
  readCustom(): Promise<CustomSignatures> {
    return this.changes.readCustom()
  }

  @Put('custom')
  @HttpCode(202)
  @LargeJson(CUSTOM_BODY_MAX_BYTES)
  @SerializeOptions({ schema: ImportStarted })
  replaceCustom(
    @Body({ schema: ReplaceCustomSignatures }) body: ReplaceCustomSignatures,
    @CurrentChange() by: ChangedBy,
  ): Promise<ImportStarted> {
    return this.changes.replaceCustom(body, by)
  }

  @Put('staleness')
  @SerializeOptions({ schema: SignatureStaleness })
  async replaceStaleness(
    @Body({ schema: SignatureStaleness }) body: SignatureStaleness,
    @CurrentChange() by: ChangedBy,
  ): Promise<SignatureStaleness> {
    await this.changes.replaceStaleness(body, by)
    return body
  }
}
