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
import { RequirePermission } from '../../platform/auth/require-scope.js'
import { Operation } from '../../platform/http/operation.js'
import { LargeJson } from '../../platform/http/route-body.js'
import { SignatureChangesService } from './signature-changes.service.js'

/** 50,000 hashes with names and reasons take 15 MB, 50 rule files 13 MB. */
const CUSTOM_BODY_MAX_BYTES = 32 * MIB_BYTES

/** Changes of signatures, for administrators and API keys with `signatures:write`. */
@Controller('api/signatures')
@RequirePermission('signatures:change')
export class SignatureChangesController {
  constructor(private readonly changes: SignatureChangesService) {}

  @Operation({
    summary: 'Start an import',
    description:
      'Starts an import of uploaded files, or the removal of sources. The response contains the id of the import; its progress is part of the signature status.',
    errors: ['SIGNATURES_CHANGED', 'UPLOAD_NOT_FOUND', 'SIGNATURE_SERVER_UNAVAILABLE'],
  })
  @Post('imports')
  @HttpCode(202)
  @SerializeOptions({ schema: ImportStarted })
  startImport(@Body({ schema: StartImport }) body: StartImport, @CurrentChange() by: ChangedBy): Promise<ImportStarted> {
    return this.changes.startImport(body, by)
  }

  @Operation({
    summary: 'Change the rollout',
    description: 'Promotes, holds or discards the generation of the current rollout.',
    errors: ['SIGNATURES_CHANGED', 'GENERATION_NOT_FOUND', 'SIGNATURE_SERVER_UNAVAILABLE'],
  })
  @Post('roll-out')
  @HttpCode(200)
  @SerializeOptions({ schema: SignatureServerStatus })
  changeRollOut(@Body({ schema: ChangeRollOut }) body: ChangeRollOut, @CurrentChange() by: ChangedBy): Promise<SignatureServerStatus> {
    return this.changes.changeRollOut(body, by)
  }

  @Operation({
    summary: 'Roll back to a generation',
    description: 'Makes a kept generation active on all nodes immediately; by default the previously active one.',
    errors: ['GENERATION_NOT_FOUND', 'SIGNATURE_SERVER_UNAVAILABLE'],
  })
  @Post('rollback')
  @HttpCode(200)
  @SerializeOptions({ schema: SignatureServerStatus })
  rollBack(@Body({ schema: RollBack }) body: RollBack, @CurrentChange() by: ChangedBy): Promise<SignatureServerStatus> {
    return this.changes.rollBack(body, by)
  }

  @Operation({
    summary: 'Replace the signature settings',
    description: 'Replaces canary, profile and pin settings. A different profile starts an import.',
    errors: ['SIGNATURES_CHANGED', 'SIGNATURE_SERVER_UNAVAILABLE'],
  })
  @Put('settings')
  @SerializeOptions({ schema: SignatureServerStatus })
  replaceSettings(
    @Body({ schema: SignatureSettings }) body: SignatureSettings,
    @CurrentChange() by: ChangedBy,
  ): Promise<SignatureServerStatus> {
    return this.changes.replaceSettings(body, by)
  }

  @Operation({
    summary: 'Get the custom signatures',
    description: 'Returns the active custom hashes, rules and exclusions with their revision.',
    errors: ['SIGNATURE_SERVER_UNAVAILABLE'],
  })
  @Get('custom')
  @SerializeOptions({ schema: CustomSignatures })
  readCustom(): Promise<CustomSignatures> {
    return this.changes.readCustom()
  }

  @Operation({
    summary: 'Replace the custom signatures',
    description: 'Starts an import of custom signatures. Hashes are also matched against earlier sightings immediately.',
    errors: ['SIGNATURES_CHANGED', 'SIGNATURE_SERVER_UNAVAILABLE'],
  })
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

  @Operation({
    summary: 'Replace the staleness thresholds',
    description: 'Sets the ages after which signatures raise a warning and a critical alert.',
  })
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
