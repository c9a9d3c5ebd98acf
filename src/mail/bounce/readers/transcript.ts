/** Reads the SMTP dialogue that sendmail and its kin print below the list of recipients. */

/** Returns what the dialogue says of an address: `(reason: …)`, then the replies that name it, then the only command's reply. */
export function transcriptTexts(notice: string, address: string): string[] {
  const [list = '', transcript] = notice.split(TRANSCRIPT, 2)
  const reason = reasonInList(list, address)
  if (transcript === undefined) return reason
  const exchanges = transcript.split(/\n(?=>>> |\.\.\. while talking)/)
  const naming = exchanges
    .filter((exchange) => exchange.includes(address))
    .map((exchange) => repliesOf(exchange, address))
  return [...reason, ...naming, ...(naming.length === 0 ? [transcript.trim()] : [])].filter((text) => text !== '')
}

const TRANSCRIPT = /^[ \t]*-{2,} ?Transcript of (?:the )?session follows:? ?-{0,10}.*$/im

/** sendmail 8.12 and later: `    (reason: 550 5.1.1 <a@b>... User Unknown)`, also over two lines. */
function reasonInList(list: string, address: string): string[] {
  const at = list.indexOf(address)
  if (at < 0) return []
  const following = list.slice(at + address.length, at + address.length + 600)
  const reason = /^[>"\s]{0,8}\(reason: ([\s\S]{1,400}?)\)\s*(?:\n|$)/.exec(following)?.[1]
  return reason === undefined ? [] : [reason]
}

/** The command stays in: whether RCPT or DATA was refused matters. */
const repliesOf = (exchange: string, address: string): string => {
  const lines = exchange.split('\n').filter((line) => line.trim() !== '')
  const own = lines.filter((line) => line.startsWith('>>>') || line.startsWith('<<<') || line.includes(address))
  return (own.length > 0 ? own : lines).join('\n')
}
