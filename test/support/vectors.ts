/** Looks for payload files beside the project. They belong to others and are not copied; a test that finds none is skipped and says so. */

const files = import.meta.glob<string>(
  [
    '../../../shared/vectors/index.json',
    '../../../shared/vectors/{resend,postmark,sendgrid,mailgun,ses,brevo,cloudflare}/*.json',
  ],
  { query: '?raw', import: 'default' },
)

/** Returns the parsed file, or undefined if it is not there. */
export async function vector(path: string): Promise<unknown> {
  const load = files[`../../../shared/vectors/${path}`]
  return load ? JSON.parse(await load()) : undefined
}
