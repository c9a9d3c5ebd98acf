/** Names the R2 keys of logos, and reads and caches their files. */
import type { Logo } from '../domain/logo'
import { type LogoObject, unpackLogoObject } from '../pdf/logo/logo-object'
import type { Deps } from './deps'

/** Returns a logo's keys: of the image that pages and mails show, and of the objects with which PDFs are drawn. */
export const logoKeys = (accountId: string, { sha256 }: Pick<Logo, 'sha256'>): { image: string; object: string } => ({
  image: `logo/${accountId}/${sha256}`,
  object: `logo/${accountId}/${sha256}.pdf-objects`,
})

/**
 * Limits the cache. Its files never change, since their keys are hashes; a few are enough, since a tick processes one
 * account after another.
 */
const MAX_CACHED = 6
const cache = new Map<string, Uint8Array>()

/** Returns a logo's image. Logs a missing file and returns undefined. */
export const readLogoImage = (
  deps: Deps,
  accountId: string,
  logo: Pick<Logo, 'sha256'>,
): Promise<Uint8Array | undefined> => read(deps, logoKeys(accountId, logo).image)

/** Returns a logo with its image, for a mail; undefined if the account has none or its file is missing. */
export async function readLogo(
  deps: Deps,
  accountId: string,
  logo: Logo | null | undefined,
): Promise<{ logo: Logo; image: Uint8Array } | undefined> {
  const image = logo ? await readLogoImage(deps, accountId, logo) : undefined
  return logo && image ? { logo, image } : undefined
}

/** Returns the objects with which PDFs are drawn; undefined if there is no logo or its file is missing. */
export async function readLogoObject(
  deps: Deps,
  accountId: string,
  logo: Logo | undefined,
): Promise<LogoObject | undefined> {
  const packed = logo && (await read(deps, logoKeys(accountId, logo).object))
  return packed && unpackLogoObject(packed)
}

async function read(deps: Deps, key: string): Promise<Uint8Array | undefined> {
  const known = cache.get(key)
  if (known) return known
  const object = await deps.bucket.get(key)
  if (!object) {
    deps.log({ event: 'logo_missing', key })
    return undefined
  }
  const bytes = new Uint8Array(await object.arrayBuffer())
  const [oldest] = cache.keys()
  if (cache.size >= MAX_CACHED && oldest !== undefined) cache.delete(oldest)
  cache.set(key, bytes)
  return bytes
}
