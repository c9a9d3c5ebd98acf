/** Finds the refusing server's words in what another server wrote about them. */

/** Returns what follows an announcement (`Remote host said:`), else from the first line that looks like a reply; '' where nothing is quoted. */
export function quotedWords(text: string): string {
  const announced = ANNOUNCEMENT.exec(text)
  if (announced !== null) return paragraph(text.slice(announced.index + announced[0].length))
  const lines = text.split('\n')
  const reply = lines.findIndex((line) => REPLY_LINE.test(line))
  if (reply < 0) return ''
  // Exim names the command on the line before.
  const start = STAGE.test(lines[reply - 1] ?? '') ? reply - 1 : reply
  return paragraph(lines.slice(start).join('\n'))
}

/** Google, qmail, X6, mFILTER, MailFoundry and their kin. */
const ANNOUNCEMENT =
  /(?:error that the other server returned was|response (?:from the remote server )?was|remote (?:host|server|system|smtp server) (?:said|responded|returned|replied|answered)|responded (?:as follows|with)|server message|failed for the following reason|error message below|received <<<|the reason (?:given|for the problem)|diagnostic(?:-code| information)? (?:was|is))[ \t]{0,4}:?[-\s]{0,40}/i

const REPLY_LINE = /(?:^|[\s:#(<[])[45]\d\d[ -][^\d]|\b[45]\.\d\.\d{1,3}\b|^<<<|\bsaid:/

const STAGE = /smtp error from|\bafter (?:rcpt|mail|end of data|pipelined|initial|data)|rcpt to:|>>> /i

const paragraph = (text: string): string => text.split(/\n[ \t]*\n/, 1)[0] ?? ''
