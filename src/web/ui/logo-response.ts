import { HTTPException } from 'hono/http-exception'
import { readLogoImage } from '../../commands/logo-files'
import type { Logo } from '../../domain/logo'
import { isPng } from '../../pdf/logo/png-read'
import type { AnyContext } from '../app-env'

/** Responds with a logo. Its type comes from its bytes, and a sandbox applies if it is opened directly. */
export async function logoResponse(c: AnyContext, accountId: string, logo: Pick<Logo, 'sha256'>): Promise<Response> {
  const image = /^[0-9a-f]{64}$/.test(logo.sha256) ? await readLogoImage(c.var.deps, accountId, logo) : undefined
  if (!image) throw new HTTPException(404)
  return c.body(image as Uint8Array<ArrayBuffer>, 200, {
    'Content-Type': isPng(image) ? 'image/png' : 'image/jpeg',
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cache-Control': 'private, max-age=86400',
  })
}
