/**
 * Returns whether a person may become a user. The rule is `invite` (invited people only), `open` (everybody), or domains separated by
 * commas (addresses in them, and invited people). A subdomain is another domain.
 */
export function maySignUp(rule: string, email: string, invited: boolean): boolean {
  if (invited || rule.trim() === 'open') return true
  const domains = rule.split(',').map((domain) => domain.trim().toLowerCase().replace(/^@/, ''))
  const [, domain] = /.@([^@]+)$/.exec(email.toLowerCase()) ?? []
  return domain !== undefined && domains.includes(domain)
}

/**
 * Limits the accounts that one person opens in a day. Each account has its own daily limits of mails, so that opening one after the other
 * would lift them.
 */
export const MOST_ACCOUNTS_A_DAY = 5
