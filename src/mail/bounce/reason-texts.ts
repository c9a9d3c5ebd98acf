/** Reasons by what servers write, in the order in which they are tried. Texts are one line, in lower case, without addresses. */
import { ADDRESS_TEXTS } from './address-texts'

export const REASONS = [
  'address_unknown',
  'host_unknown',
  'no_mail_accepted',
  'moved',
  'suspended',
  'mailbox_full',
  'too_large',
  'sender_refused',
  'authentication',
  'content',
  'spam',
  'blocked',
  'filtered',
  'relay_denied',
  'policy',
  'rate_limited',
  'expired',
  'network',
  'system_full',
  'system_error',
  'protocol',
] as const
export type Reason = (typeof REASONS)[number]

export type TextRule = [reason: Reason, pattern: RegExp]

/**
 * What is not about the address, though it may name it: "sender address rejected: user unknown". These come before the texts about
 * addresses, so that a doubt never stops mail to an address for good.
 */
const BEFORE_ADDRESSES: TextRule[] = [
  [
    'sender_refused',
    /sender(?:'s)?(?: e-?mail)?(?: address| domain)?[^.;]{0,40}\b(?:reject|refus|denied|unknown|invalid|not exist|verif|no mx|unresolv|not found|not allowed|blacklist|cannot be resolved|could not)/,
  ],
  [
    'sender_refused',
    /(?:could not|cannot|can't|unable to|failed to|not be) (?:verif|resolv)[a-z]{1,3} (?:the |your |envelope )?sender|\b(?:envelope|unknown|invalid|bad|fake|forged) sender|sender verif|verify sender|domain of sender|your domain is not in whitelist/,
  ],
  [
    'sender_refused',
    /(?:mail ?from|return[- ]path|from address|from:? domain|header from|your (?:e-?mail )?(?:address|domain))\b[^.;]{0,40}\b(?:reject|refus|denied|unknown|invalid|not exist|does not exist|not found|blacklist|unresolv|not valid|blocked)/,
  ],
  [
    'authentication',
    /\b(?:spf|dkim|dmarc|sender ?id|arc)\b|unauthenticated (?:e-?mail|mail|message|sender)|not authenticated|domain ?keys|spoof/,
  ],
  [
    'blocked',
    /reverse dns|\bptr\b|\brdns\b|reverse (?:lookup|mapping|name)|cannot find your hostname|no reverse|helo\b[^.;]{0,40}\b(?:reject|invalid|not|fail|need)|hostname[^.;]{0,20}reject/,
  ],
  [
    'content',
    /\bvirus|malware|trojan|phish|dangerous|infected|(?:attachment|file|extension|content|header|subject|mime|character|encoding|url|link)s?\b[^.;]{0,40}\b(?:reject|not allowed|not permitted|prohibit|forbidden|blocked|refused|disallowed|banned|suspicious|not accepted)|(?:reject|block|refus|prohibit|forbidden|banned|suspicious|illegal)(?:ed|s|ing)?\b[^.;]{0,24}\b(?:content|attachment|file|header|subject|body)\b|message content|content filter|duplicate(?:d)? (?:header|message)|bare (?:lf|cr)|invalid header|rfc ?5?[28]22|non-rfc|8.?bit|message-id\b[^.;]{0,20}(?:duplicat|loop)/,
  ],
  [
    'too_large',
    /(?:message|mail|e-mail|file|msg|data|body|header)(?:'s)?(?: header)?(?: file)?(?: size| length)?\b[^.;]{0,40}\b(?:too (?:large|big|long)|exceed|larger than|over ?size|size limit|maximum (?:allowed )?size)|(?:exceed|larger|more|bigger)[^.;]{0,40}\b(?:message|mail|maximum|permitted|allowed) (?:message |mail |file )?size|too (?:large|big) (?:message|mail|for)|size limit|max(?:imum)?[ _-](?:message|msg|mail)[ _-]size|messageoversize|nachricht (?:ist )?zu gro|message trop (?:gros|volumineux)/,
  ],
  [
    'mailbox_full',
    /quota|mail ?box(?:es)?\b[^.;]{0,60}\b(?:full|exceed|over|limit|size|space|no room)|(?:full|exceed(?:s|ed|ing)?|over)\b[^.;]{0,30}\b(?:mail ?box|inbox|storage|disk|allotted|allocated|allowed size)|(?:inbox|mail ?folder|mail ?drop|maildir|account|user|recipient)\b[^.;]{0,40}\b(?:is full|too full|full\b|over ?quota|exceed|storage|too many messages|no space|insufficient)|over(?:drawn| the (?:limit|maximum))|(?:not enough|insufficient|out of)\b[^.;]{0,24}\b(?:space|room)\b|storage (?:limit|space|exceed)|mailfull|mbox full|disk space/,
  ],
  [
    'mailbox_full',
    /(?:postfach|mailbox|briefkasten)[^.;]{0,40}(?:voll|überf|uberf|limit)|speicherplatz|(?:bo[iî]te)[^.;]{0,40}(?:pleine|satur)|espace[^.;]{0,20}insuffisant|(?:buz[oó]n|casilla|bandeja)[^.;]{0,40}(?:llen|excedid|exced|sobrepas)|cuota|casella[^.;]{0,40}(?:pien|esaur)|caixa[^.;]{0,40}(?:chei|lotad|exced)|переполнен|превышен|skrzynka[^.;]{0,40}(?:pe[lł]n|przepe[lł]nion)|(?:邮箱|郵箱|信箱|空间|空間|容量)[^.;]{0,20}(?:已?满|已?滿|不足|超)|超过[^.;]{0,20}容量|容量(?:が|を)?(?:超|オーバー|不足)|(?:メールボックス|受信箱)[^.;]{0,30}(?:いっぱい|一杯|満杯|容量)|용량/,
  ],
  [
    'spam',
    /\b(?:as|is|be|like|probabl[ey]|possible|suspected|likely|considered|contain(?:s|ing)?|detected|identified|classified|marked|rejected|blocked|for|unsolicited|bulk|known|anti-?) ?(?:to be |a |an |as |by |our )?(?:spam|uce\b|ube\b|junk)|spam ?(?:message|mail|content|score|filter|assassin|detected|rejected|policy|source|trap|threshold|firewall|profiler|block)|\bunsolicited|junk ?mail|score too high|looks like spam|anti-?spam|spamming|垃圾|スパム|迷惑メール|спам/,
  ],
  [
    'blocked',
    /black ?list|block ?list|deny ?list|\b(?:rbl|dnsbl|zen|sbl|xbl|pbl)\b|spamhaus|spamcop|sorbs|barracudacentral|senderbase|senderscore|reputation|your (?:ip|host|server|network|mail server|isp|mta|connection)\b[^.;]{0,60}\b(?:block|bann?|reject|refus|denied|list|poor|bad|throttl|dynamic)|(?:ip|host|client|address|network|connection|access)(?: address| name)?\b[^.;]{0,30}\b(?:is |was |has been |have been |been )?(?:blocked|banned|blacklisted|listed (?:in|by|on|at))|blocked (?:by|using|for|because|due)|banned|dynamic(?:ally)? (?:assigned |allocated )?(?:ip|address)|(?:client|host) (?:host |name )?(?:rejected|denied|was not accepted)|poor reput|unusual (?:rate|amount|sending)|not accept(?:ing)? (?:mail|connections|messages?|smtp) from (?:your|this|\[|\d|host|ip|dynamic)|service refused|too many complaints/,
  ],
  [
    'relay_denied',
    /relay(?:ing)?\b[^.;]{0,30}\b(?:denied|not (?:allowed|permitted|possible)|prohibit|reject|refus|access|fail|forbidden)|(?:not|n't|unable to|cannot|no|denied|refuse to|allowed to|permitted to|must not|does not|prohibited)\b[^.;]{0,24}\brelay|rcpthosts|(?:smtp )?auth(?:entication|entification)?(?: is)? (?:required|needed|first)|must (?:be )?auth|authenticate (?:first|before)|requires? auth|pop ?before|not (?:a |an )?(?:local|gateway) (?:host|domain)|smtp-?auth|authrequired|check your (?:smtp|mail) (?:authentication|client)|use your isp|login first/,
  ],
  [
    'expired',
    /(?:message|mail|delivery|retry|queue|queued|timeout|time|lifetime|period|been in)\b[^.;]{0,40}\b(?:expired|too long|timed? ?out|exceeded)\b|(?:not|n't) (?:be )?deliver[a-z]{0,6}\b[^.;]{0,40}\b(?:for|within|after|in) (?:more than |the last |the past |at least |over )?(?:\d{1,4}|several|five|four|three|two|too long|one)|retry time|delivery time ?(?:d )?(?:expired|out)|ultimate retry|giv(?:en|ing) up after|failed \d{1,3} attempts|after \d{1,4} (?:attempts|tries|hours|days)|message expired|expiration|too old|maximum (?:time|retries|attempts)|queue\.expired|will be deleted from queue/,
  ],
]

/** What is said when no text about the address was found, and no code about it. */
const AFTER_ADDRESSES: TextRule[] = [
  [
    'suspended',
    /not (?:an? )?active|(?:this |your |user |recipient )?(?:access|service)[^.;]{0,20}\b(?:suspend|terminat)/,
  ],
  [
    'filtered',
    /filter|because the recipient is (?:only accepting|not accepting)|rejects? (?:all )?(?:mail|messages)|refused by (?:the )?recipient|recipient (?:refuse|reject|has (?:reject|refus|block))|delivery not authori|拒收|拒否|拒绝|拒絕/,
  ],
  [
    'policy',
    /polic(?:y|ies)|not (?:authori[sz]ed|permitted|allowed)|prohibit|restrict|access (?:denied|not)|administrat|permission|transaction failed|denied|disallow|forbidden|members? only|only members|moderat|rejected|refused|not accept|security|too many recipients|unwelcome|verboten|abgelehnt|refus[ée]/,
  ],
  [
    'rate_limited',
    /too many|rate limit|throttl|grey ?list|gray ?list|try (?:again )?later|retry later|temporar|excessive|(?:slow|calm) down|deferr|exceeded the (?:rate|maximum|limit)|limit exceed|too (?:fast|frequent|busy)|resources|concurrent/,
  ],
  [
    'network',
    /timed? ?out|connection|connect to|routing loop|mail loop|loops? back|loop(?:ing)? detected|too many hops|hop ?count|hops\b|network|unreachable|no route|dns|name ?server|lookup|could not be (?:contacted|reached)|not respond|answer|tls|ssl|certificate|handshake/,
  ],
  [
    'system_full',
    /disk full|no space left|insufficient (?:system )?(?:storage|disk|resource)|out of memory|file ?system/,
  ],
  [
    'system_error',
    /internal|system error|local error|configuration|configured|can't create|cannot (?:open|create|write)|cannot append|pipe to|ldap|unable to|server error|malfunction|i\/o error|aliasing|broken|service unavailable|requested action aborted|local error|deferred|child|panic|exit(?:ed)?\b/,
  ],
  [
    'protocol',
    /protocol|syntax|command|not implemented|bad sequence|unrecogni[sz]ed|parameter|argument|need (?:mail|rcpt|helo|ehlo)/,
  ],
]

/** Returns the first reason that fits; undefined where the text says nothing. */
export const reasonOfText = (text: string): Reason | undefined => firstOf([...BEFORE_ADDRESSES, ...ADDRESS_TEXTS], text)

/** Returns a reason that a code about the address outweighs. */
export const vagueReasonOfText = (text: string): Reason | undefined => firstOf(AFTER_ADDRESSES, text)

const firstOf = (rules: TextRule[], text: string): Reason | undefined =>
  rules.find(([, pattern]) => pattern.test(text))?.[0]
