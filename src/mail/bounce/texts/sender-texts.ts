/** What servers write of the sender, of the mail and of their own rules: none of it is about the address. */
import { rule } from './text-rule'

const REFUSED =
  '\\b(?:reject|refus|denied|deny|unknown|invalid|(?:does |do |did )?(?:not|n.t) exist|not found|not valid|not allowed|unresolv|verif|blacklist|blocked|mismatch|no mx|could not|can.?not be resolved)'
const NO =
  "(?:reject|refus|block|prohibit|forbid|bann?|disallow|not (?:allow|permitt|accept)|n't accept|denied|suspicious|illegal)"

/** Tried before the texts about addresses: "sender address rejected: user unknown", "mailbox full". */
export const BEFORE_ADDRESSES = [
  rule(
    'sender_refused',
    `\\bsender(?:'s)?(?: e-?mail)?(?: address| domain)? ~ ${REFUSED}`,
    `(?:mail ?from|return[- ](?:path|address)|from:? address|from:? domain|header from|your (?:e-?mail )?(?:address|domain)) ~ ${REFUSED}`,
    '(?:could not|can.?not|can.t|unable to|failed to|not be) (?:verif|resolv)\\w{1,3} (?:the |your |envelope )?(?:sender|return path)',
    '\\b(?:unknown|invalid|bad|fake|forged) (?:envelope )?sender\\b',
    'sender verif|verify (?:sender|mailfrom)|domain of sender|possible forgery',
  ),
  rule(
    'policy',
    '(?:due to|because of|violat\\w{1,4}|against|by) ~ polic(?:y|ies)\\b|polic(?:y|ies) (?:restriction|violation|reason)|unavailable or access denied',
  ),
  rule(
    'authentication',
    'password|credentials?\\b|\\b535\\b',
    '\\b(?:spf|dkim|dmarc|sender ?id)\\b',
    'unauthenticated (?:e-?mail|mail|message|sender)',
    'domain ?keys|spoof',
  ),
  rule(
    'blocked',
    '\\breverse (?:dns|lookup|mapping|name)|\\b(?:ptr|rdns)\\b|no reverse|cannot find your hostname|(?:invalid|bad) dns (?:mx|ptr)',
    `(?:helo|ehlo|hostname) ~ (?:${NO}|invalid|fail)`,
  ),
  rule(
    'content',
    '\\bvirus|malware|trojan|phish|infected|dangerous',
    `(?:attachment|file|extension|content|header|subject|mime|character|encoding|url|link)s?\\b ~ ${NO}`,
    `${NO}(?:s|es|ed|ing)? (?:by |for |due to |because of )?(?:the |your |message |mail )?(?:content|attachment|file|header|subject|body)`,
    'content (?:filter|reject)|(?:invalid|malformed|bad|missing) (?:message )?header|invalid data|mime (?:error|/reject)|bare (?:lf|cr)\\b|non-western|\\brfc ?5?[28]22|8.?bit',
    'without \\S{1,20} fields are not accepted',
  ),
  rule(
    'too_large',
    '(?:message|mail|msg|data|body|header)(?: header)?(?: file)?(?: size| length)? (?:is |was )?(?:too (?:large|big|long)|exceed|larger than|over ?size)',
    '(?:exceed|larger than|more than|bigger than) ~ (?:message|mail|maximum|permitted|allowed|system) (?:message |mail |file )?(?:size|limit)',
    'too (?:large|big) (?:message|mail|for)|size limit|max(?:imum)?[ _-](?:message|msg|mail)[ _-]size|message ?(?:over|-)size',
    'nachricht (?:ist )?zu gro|message trop (?:gros|volumineux)',
  ),
  rule(
    'mailbox_full',
    'quota|mailfull|(?:mbox|mailbox|inbox|mailfolder|maildir) (?:is )?full',
    '(?:mail ?box|inbox|mail ?folder|maildir|account|user|recipient) ~ (?:\\bfull\\b|exceed|over ?quota|storage|size limit|no space|no room|limit)',
    '(?:full|exceed(?:s|ed|ing)?|exhausted|over|overdrawn)\\b ~ (?:mail ?box|inbox|storage|allotted|allocated|allowed (?:size|storage|mailbox))',
    '(?:not|insufficient|out of)(?: have)? ~ \\b(?:space|room)\\b|space (?:is )?not enough|storage (?:limit|space|exceed)',
  ),
  rule(
    'spam',
    '\\b(?:as|is|be|like|possible|probable|probably|likely|suspected|considered?|contain(?:s|ing)?|detected|identified|classified|marked|reject(?:ed)?|blocked|unsolicited|bulk|known|anti-?) ?(?:to be |as |by |a |an |our )?(?:spam\\b|uce\\b|ube\\b|junk)',
    '\\bspam ?(?:message|mail|content|score|scale|filter|assassin|detected|rejected|policy|source|trap|threshold|profiler|block)',
    'unsolicited|junk ?mail|score(?:d)? too high|the spam|spamming',
  ),
  rule(
    'blocked',
    'black ?list|block ?list|deny ?list|\\b(?:rbl|dnsbl|zen|sbl|xbl|pbl)\\b|spamhaus|spamcop|sorbs|barracudacentral|senderbase|senderscore|reputation|denyip',
    `\\byour (?:ip|host|server|network|mail server|isp|mta|connection)\\b ~ (?:${NO}|list|poor|bad|throttl|dynamic)`,
    '(?:ip|host|client|network|connection)(?: address| name)?\\b[^.;]{0,30}\\b(?:blocked|banned|blacklisted|reject|refus|denied|listed (?:in|by|on|at)|mismatch|not accepted|bypass)',
    'blocked (?:by|using|for|because|due)|dynamic(?:ally)? (?:assigned |allocated )?(?:ip|address)',
    "(?:not|n't) accept(?:ing)? (?:any )?(?:mail|connections|messages?|smtp|e-?mail) from|too many complaints|user complaints|unusual (?:rate|amount|sending)",
  ),
  rule(
    'relay_denied',
    `relay(?:ing)?\\b[^.;]{0,30}(?:${NO}|not possible|fail)`,
    "(?:\\bnot|n't|unable to|cannot|\\bno|denied|allowed to|permitted to|prohibited|unauthori[sz]ed) ~ \\brelay",
    'rcpthosts|auth(?:entication)?(?: is)? (?:required|needed|failed|first)|must (?:be )?auth|requires? auth|authrequired|authenticate (?:first|before)|pop ?before|smtp-?auth',
    'not local host|local user only|not a gateway|use your isp|login first',
  ),
  rule(
    'expired',
    '(?:message|mail|delivery|retry|queue|timeout|time|lifetime|period|been in) ~ (?:expired|too long|timed? ?out\\b)',
    "(?:\\bnot|n't) (?:be )?deliver\\w{0,4}\\b ~ (?:for|within|after|in) (?:more than |the (?:last|past) |at least |over )?(?:\\d{1,4}|too long|several|one|two|three|four|five) ?(?:day|hour|minute|week)?",
    'retry (?:time|timeout)|gave up after|given up after|failed \\d{1,3} (?:attempts|times)|after \\d{1,4} (?:attempts|tries|hours|days)|too old|maximum (?:time|retries|attempts)|queue\\.expired|deleted from queue',
  ),
]

/** Tried last, when neither a text about the address nor a code about it was found. */
export const VAGUE = [
  rule('suspended', '\\bnot active|inactive|suspend|disabled|deactivated'),
  rule(
    'filtered',
    'filter|only accepting|(?:refused|rejected) by (?:the )?recipient|(?:recipient|user) (?:refuse|reject|has (?:refus|reject|block))|delivery not authori',
  ),
  rule(
    'policy',
    'polic(?:y|ies)|(?:authori[sz]|permitt|allow)ed\\b|prohibit|restrict|access (?:denied|not)|administrat|permission|transaction failed|denied|disallow|forbid|members? only|only members|moderat|reject|refused|not accept|security|no permit|abgelehnt|refus[ée]',
  ),
  rule(
    'rate_limited',
    'too many|rate limit|throttl|try (?:again )?later|retry later|temporar|excessive|(?:slow|calm) down|deferr|limit exceed|exceeded the (?:rate|maximum|limit)|too (?:fast|frequent|busy)|busy|resources',
  ),
  rule(
    'network',
    'time(?:d)? ?out|connect|loop|too many hops|hop ?count|network|unreachable|no route|\\bdns\\b|name ?server|lookup|could not be (?:contacted|reached)|not respond|\\btls\\b|\\bssl\\b|certificate|handshake',
  ),
  rule(
    'system_full',
    'disk full|no space left|insufficient (?:system )?(?:storage|disk|resource)|out of memory|file (?:system|too large)',
  ),
  rule(
    'system_error',
    'internal|system (?:config )?error|local error|configur|cannot (?:open|create|write|append)|can.t (?:open|create|write)|pipe to|ldap|unable to|server error|i/o error|input/output|unavailable|aborted|broken|exit(?:ed)?\\b',
  ),
  rule(
    'protocol',
    'protocol|syntax|command|not implemented|bad sequence|unrecogni[sz]ed|parameter|argument|need (?:mail|rcpt|helo|ehlo)',
  ),
]
