import { findAccount, isLogoOf, updateAccount } from '../../db/accounts'
import { ifAny, runBatch } from '../../db/client'
import { holdFiles, releaseFiles, reserveFiles } from '../../db/files'
import type { Logo, LogoProblem } from '../../domain/logo'
import { ok, type Result, refuse } from '../../domain/result'
import { prepareLogo } from '../../pdf/logo/prepare-logo'
import { auditEntry } from '../audit'
import type { Deps } from '../deps'
import { logoKeys } from '../logo-files'
import { retryStale } from '../retry-stale'

export interface SaveLogo {
  accountId: string
  actor: string
  /** The uploaded file. */
  bytes: Uint8Array
}

/**
 * Saves the account's logo: drafts and mails show it from now on, issued documents keep theirs. The same picture again changes
 * nothing. The sweep deletes a stored file that never became the logo.
 */
export async function saveLogo(
  deps: Deps,
  { accountId, actor, bytes }: SaveLogo,
): Promise<Result<Logo, LogoProblem | 'not_stored' | 'not_found' | 'busy'>> {
  const prepared = prepareLogo(bytes)
  if (!prepared.ok) return prepared
  const { image, object, ...shape } = prepared.value
  const sha256 = new Uint8Array(await crypto.subtle.digest('SHA-256', image as BufferSource)).toHex()
  const logo: Logo = { sha256, ...shape, bytes: image.length }
  const keys = logoKeys(accountId, logo)
  if (!(await reserveFiles(deps.db, accountId, Object.values(keys), deps.now()))) return refuse('not_stored')
  await Promise.all([
    deps.bucket.put(keys.image, image, { httpMetadata: { contentType: logo.type } }),
    deps.bucket.put(keys.object, object),
  ])
  return retryStale(() => setLogo(deps, { accountId, actor, logo }))
}

/** Removes the logo. Documents issued from now on show the seller's name instead. */
export const removeLogo = (deps: Deps, at: Omit<SaveLogo, 'bytes'>): Promise<Result<null, 'not_found' | 'busy'>> =>
  retryStale(() => setLogo(deps, { ...at, logo: null }))

async function setLogo<L extends Logo | null>(
  deps: Deps,
  { accountId, actor, logo }: { accountId: string; actor: string; logo: L },
): Promise<Result<L, 'not_found'> | undefined> {
  const account = await findAccount(deps.db, accountId)
  if (!account) return refuse('not_found')
  if (account.logo?.sha256 === logo?.sha256) return ok(logo)
  const action = logo ? 'logo_saved' : 'logo_removed'
  const [saved] = await runBatch(deps.db, [
    updateAccount(deps.db, account, { logo }),
    auditEntry(deps, { accountId, actor, action, subject: '', changes: [] }),
    ...ifAny(keysOf(accountId, logo), (keys) => holdFiles(accountId, keys, isLogoOf(accountId, logo))),
    ...ifAny(keysOf(accountId, account.logo), (keys) =>
      releaseFiles(accountId, keys, isLogoOf(accountId, logo), deps.now()),
    ),
  ])
  return saved?.results.length ? ok(logo) : undefined
}

const keysOf = (accountId: string, logo: Logo | null): string[] =>
  logo ? Object.values(logoKeys(accountId, logo)) : []
