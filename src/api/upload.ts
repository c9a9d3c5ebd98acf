/** Reads uploaded files: the body itself, or a field of a form. */
import type { ApiContext } from './api-env'
import { Problem } from './problem'
import { invalid } from './refusal'

export interface Upload {
  /** As the caller named it. */
  name: string
  bytes: Uint8Array
}

export const isForm = (c: ApiContext): boolean => /^multipart\/form-data\s*;/i.test(c.req.header('Content-Type') ?? '')

/**
 * Returns the file of a request.
 * @param field its field, if the body is a form
 * @param name its name, if the body is the file
 */
export async function uploadOf(c: ApiContext, field: string, name = ''): Promise<Upload> {
  if (!isForm(c)) return { name, bytes: new Uint8Array(await c.req.arrayBuffer()) }
  return fileIn(await formOf(c), field)
}

/** Reads a form. The bytes are read first, since the middleware for repeats may have done so already. */
export async function formOf(c: ApiContext): Promise<FormData> {
  const headers = { 'Content-Type': c.req.header('Content-Type') ?? '' }
  const response = new Response(await c.req.arrayBuffer(), { headers })
  return response.formData().catch(() => {
    throw new Problem('body_malformed')
  })
}

export async function fileIn(form: FormData, field: string): Promise<Upload> {
  const file = form.get(field)
  if (!(file instanceof File)) throw invalid([{ pointer: `/${field}`, code: 'missing', detail: 'A file is required.' }])
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) }
}
