/** What servers write, in English, of an address or a host that does not exist, has moved, or is closed. */
import { rule } from './text-rule'

const WHO =
  '(?:user|recipient|mail ?box|account|address(?:ee)?|alias|person|member|subscriber|local[- ]?part|mail ?user|destination|username|e-?mail address|inbox|mail ?drop)(?:\\(?e?s\\)?)?(?: name| address(?:es)?| account| id)?'
/** The address itself, in any quotes: `user <> unknown`, `mailbox "anna" not found`, `recipient: <>`. */
const NAMED = `(?:,? ?:? ?(?:'[^']{0,80}'|"[^"]{0,80}"|\\([^()]{0,80}\\)|\\[[^\\]]{0,80}\\]|<>|\\S{1,60}))?`
const IS =
  '(?::|\\.\\.\\.|,)? ?\\(?(?:is |was |were |are |has been |that you tried to reach |you (?:have )?entered |specified |entered )?'
const UNKNOWN =
  '(?:unknown|un-?recogni[sz]ed|not (?:a )?(?:found|known|recogni[sz]ed|valid|registered|present|listed|local|exist(?:s|ed|ing)?|ok)\\b|(?:does|do|did)(?: not|n.t|nt)(?: seem to| appear to)? exist|could(?: not|n.t) be found|can(?:.?not|.t) be found|isn.t (?:valid|known|listed|registered)|invalid|non-?exist(?:e|a)nt|non-?existing|no exist|undefined|unrout(?:e)?able|wrong|incorrect|misspelled|undeliverable)'
const ABSENT =
  '(?:unknown|no such|non-?exist(?:ent|ant|ing)|no valid(?! recipient)|not a (?:known|valid|local|registered)|isn.t a valid|invalid|illegal|bad|undefined|wrong|incorrect|no(?! valid))(?: or (?:illegal|invalid|unknown|misspelled))?'
const KIND =
  '(?: virtual| local| destination| recipient(?:.s)?| final| e-?mail| mail| relay| remote| internal| domino| active| smtp| to)?,?'
const THING =
  '(?:user|recipient|mail ?box|account|addressee|address|alias|person|member|subscriber|local[- ]part|mailid|mail ?user|rcpt|inbox|username)'
const HOST = '(?:host|domain|hostname|host name|mail server|system)'
const LIST = '(?:address ?book|directory|database|table|map|list of valid|system)'

export const ADDRESS_TEXTS = [
  // Greylisting and checks that could not be made say nothing of the address.
  rule(
    'rate_limited',
    'gr[ea]y ?list|postgrey|unverified address|verification in progress',
    '(?:temporarily|currently|transient(?:ly)?) (?:unavailable|reject|fail|defer|unable|inaccess|not available)',
    'temporary (?:lookup|fail|problem|error)|lookup (?:failure(?!: host \\S{1,253} not found)|deferred)|temporar\\w{1,3} lookup',
    'host not found, try again|name ?server timeout|servfail',
    'too many (?:invalid|unknown|bad|non-?existent) (?:recipient|user|address)|too many recipients',
  ),
  // Facebook and Amazon WorkMail; a header of the mail itself; what a program said that was to store the mail.
  rule('filtered', 'recipient preferences|rcp-p2'),
  rule('protocol', 'malformed address|incorrectly constructed'),
  rule('system_error', 'procmail|maildrop|(?:command|program) (?:died|failed|exited)'),
  rule(
    'network',
    'loop (?:broken|detected)|(?:mail|message) loop|loops back|connection (?:timed ?out|refused|reset)|(?:lost|no) connection|timed out (?:with|while|during)',
  ),
  rule(
    'policy',
    // A sender's own list, which says what another server once said.
    'suppress(?:ed|ion)|previously bounced|history of bouncing',
    'may not exist, or you (?:may|do) not have permission|(?:group|list)\\b[^.;]{0,80}may not exist',
    'not unique|ambiguous',
  ),
  rule(
    'no_mail_accepted',
    'null ?mx|indicated no smtp service',
    `(?:host|domain|server|machine|site)\\b[^.;]{0,30}(?:does not|doesn.t|do not|never|not) (?:accept|receive|handle|send or receive)s?(?: any)? (?:e-?mail|mail|messages)\\b(?! from)`,
    '(?:mail|smtp) (?:receiving|reception|service) (?:is )?disabled',
  ),
  rule(
    'host_unknown',
    `${HOST}(?: part)?${NAMED}${IS}(?:unknown|not found|not registered|not exist|could(?: not|n.t) be found|does(?: not|n.t) exist|non-?existent|invalid)`,
    `(?:unknown|no such|non-?existent|invalid|illegal|bad|unresolvable|unrout(?:e)?able)(?: destination| mail| remote| recipient)? ${HOST}\\b`,
    `(?:can(?:.?not|.t)|could(?: not|n.t)|able to|unable to) find (?:a |any |the )?(?:(?:recipient |mail |destination )?${HOST}|mail exchanger or ip address)`,
    'host or domain name not found|no data record of requested type|name or service not known|nodename nor servname|no matches to nameserver query|nxdomain|nonexistentdomain',
    'unrout(?:e)?able (?:address|mail domain|domain)|all relevant mx records point to non-existent|all host address lookups failed permanently',
    'no mx (?:record|host|for|found)|(?:no|without) (?:valid |usable )?(?:mx|mail exchanger?)\\b|domain (?:has )?(?:expired|no longer exists)|domain mentioned in (?:e-?mail )?address is unknown|domain is not reachable',
  ),
  rule(
    'moved',
    `(?:^|${WHO} )(?:<> )?has (?:permanently )?moved\\b`,
    'has been (?:replaced|superseded) by|address (?:has been |has )?changed|new (?:e-?mail )?address is|obsolete address|address is obsolete',
    `no longer (?:on (?:this )?server|valid|works?\\b|with (?:us|the|this)|employed|exists?|in use|used|a valid|available|at this|accepts? (?:mail|messages|e-?mail)(?! from))`,
    '(?:has|hat) left (?:the )?(?:company|organi[sz]ation|firm)',
  ),
  rule('address_unknown', 'not found or inactivated'),
  rule(
    'suspended',
    `(?:${WHO}|customer|service|domain)${NAMED} ~ \\b(?:disabled|suspend(?:ed)?|inactiv\\w{1,4}|locked|frozen|blocked|deactivated|not activ(?:e|ated)|expired|on hold|discontinued|barred|restricted)\\b`,
    `(?:disabled|suspended|inactive|locked|frozen|deactivated|blocked|expired)[ /](?:e-?mail )?${THING}`,
    'temporarily (?:disabled|suspended|limited|inactive)|closed due to inactivity|now disabled|is restricted|invalid/inactive',
  ),
  rule(
    'address_unknown',
    `${WHO}${NAMED}${IS}${UNKNOWN}`,
    `${ABSENT}${KIND} ${THING}(?:s|es|\\(s\\)|\\(es\\))?\\b(?! (?:quota|verif|has|map|table))`,
    `no (?:one|body) (?:by|with|at|here)|nobody (?:by|with|here)|there(?: is|.s) no (?:one|user|such|mail ?box|account)`,
    `(?:does(?: not|n.t)|don.t|do not|not) (?:currently )?have an? ~ (?:account|mail ?box)`,
    `not (?:listed|found|known|a member) (?:in|of|at|on|here) ~ (?:${LIST}|domain|host|server|here)`,
    '(?:recipient|mailbox|user|address)s? (?:was |were |is )?not (?:here|in|found by|found at|listed|ours)',
    `(?:can(?:.?not|.t)|could(?: not|n.t)|unable to) (?:find|recogni[sz]e|locate) (?:a |the |that |this )?(?:user|recipient|mail ?box|address)`,
    'recip(?:ient)?notfound|no-?such-?user|badrcptto|validrcptto|not our customer|no known (?:user|recipient|mailbox)|rcp-p1',
    '#5\\.1\\.0 address rejected|5\\.4\\.1[^a-z]{0,12}recipient address rejected ?: access denied',
    'mail ?box (?:is )?(?:unavailable|not available)|requested action not taken: mail ?box|account (?:is )?(?:unavailable|not available)\\b',
    `(?:user|mail ?box|account|address|recipient)${NAMED}(?: has been| was| is| been)? (?:permanently )?(?:closed|deleted|removed|cancell?ed)\\b`,
    '(?:^|\\s)\\[?<>\\]? (?:does(?: not|n.t) exist|is (?:invalid|unknown|not valid))',
    'wasn.t found (?:at|on|in)|not found (?:at|on) \\S|weren.t able to find|undeliverable address|recipient cannot be verified|invalid final delivery userid|no valid recipients for this',
  ),
]
