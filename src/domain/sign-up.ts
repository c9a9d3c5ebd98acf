/**
 * Who may become a user: `invite` (only who was invited), `open` (anybody), or domains separated by commas (their people, and who
 * was invited). A subdomain is another domain.
 */
export function maySignUp(rule: string, email: string, invited: boolean): boolean {
  if (invited || rule.trim() === 'open') return true
  const domains = rule.split(',').map((domain) => domain.trim().toLowerCase().replace(/^@/, ''))
  const [, domain] = /.@([^@]+)$/.exec(email.toLowerCase()) ?? []
  return domain !== undefined && domains.includes(domain)
}
