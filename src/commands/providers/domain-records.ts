/** Looks up the records of a domain that decide what receivers think of mails from it. */
import { type CheckedRecord, dmarcNames, judgeDmarc, judgeSpf, type Texts } from '../../domain/sender-records'
import type { Deps } from '../deps'

/** Returns a name's TXT records; undefined where DNS did not answer. */
export async function findTexts(deps: Deps, name: string): Promise<Texts> {
  const answer = await deps.dns.txt(name)
  if (answer.type === 'failed') return undefined
  return answer.type === 'none' ? [] : answer.records
}

/** Returns a domain's SPF and DMARC records. @param include what SPF should include; absent = it need only be there */
export async function findDomainRecords(deps: Deps, domain: string, include = ''): Promise<CheckedRecord[]> {
  const [spf, dmarc] = await Promise.all([
    findTexts(deps, domain),
    Promise.all(dmarcNames(domain).map(async (name) => ({ name, texts: await findTexts(deps, name) }))),
  ])
  return [judgeSpf(domain, spf, include), judgeDmarc(dmarc)]
}
