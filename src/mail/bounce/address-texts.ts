/** What servers write of an address or a host that does not exist, moved or is closed. */
import type { TextRule } from './reason-texts'

export const ADDRESS_TEXTS: TextRule[] = [
  // Greylisting and checks that could not be made say nothing of the address.
  [
    'rate_limited',
    /grey ?list|gray ?list|greylisted|postgrey|unverified address|verification in progress|recipient verify (?:in progress|temporar)|temporar(?:y|ily)\b[^.;]{0,40}\b(?:unavailable|reject|fail|defer|unable|block|limit|disab|lookup|inaccess)|lookup (?:failure|deferred|failed)|try again (?:later|in)/,
  ],
  [
    'policy',
    /\b(?:group|list|distribution list)\b[^.;]{0,80}\bmay not exist|may not exist, or you (?:may|do) not have permission|too many (?:invalid|unknown|bad|non-?existent) (?:recipient|user|address)/,
  ],
  [
    'no_mail_accepted',
    /null ?mx|(?:host|domain|server|system|machine|site|address)\b[^.;]{0,30}\b(?:does not|doesn't|do not|never|not) (?:accept|receive|handle|send or receive)s?(?: any)? (?:e-?mail|mail|messages)\b(?! from)|(?:mail|smtp)[^.;]{0,20} (?:receiving|reception|service)[^.;]{0,10} disabled|domain[^.;]{0,20} not accept(?:ing)? mail/,
  ],
  [
    'host_unknown',
    /(?:host|domain|hostname|mail server)(?: name| part)?(?: or domain name)?(?: <>)?(?: for \S{1,80})?(?: '[^']{1,80}'| "[^"]{1,80}"| \S{1,80})?\b[^.;,]{0,10}\b(?:is |was )?(?:unknown|not found|does not exist|doesn't exist|is not registered|could not be found|couldn't be found|not exist|non-?existent|invalid)(?! user)|(?:unknown|no such|non-?existent|invalid|illegal|bad|unresolvable|unrouteable|unroutable)(?: destination| mail| remote| recipient)? (?:host|domain|system)\b|can(?:'t|not| not) find (?:a |any |the )?(?:host|domain|mx|mail server)|couldn't find any host|unrout(?:e)?able (?:address|mail domain|domain)|nxdomain|non-?existent domain|all relevant mx records point to non-existent|no mx (?:record|host|for|found)|(?:no|has no|without|any) (?:valid )?(?:mx|mail exchanger?)\b|all host address lookups failed permanently|no such domain|domain (?:has )?(?:expired|no longer exists)|name or service not known|host or domain name not found|no data record of requested type|nodename nor servname|dns\.nonexistentdomain|nonexistentdomain|(?:bad|illegal) (?:host|domain)(?: |\/)|mail domain mentioned in (?:e-?mail )?address is unknown|illegal host|no matches to nameserver query/,
  ],
  [
    'moved',
    /(?:user|recipient|mailbox|account|address|subscriber)?\b ?has (?:permanently )?moved\b|has been (?:replaced|superseded) by|(?:e-?mail )?address (?:has been )?changed to|(?:recipient|address|user|mailbox) (?:has )?changed|new (?:e-?mail )?address is|no longer (?:on (?:this )?server|valid|with|works? (?:at|for|here)|employed|exists?|in use|used|a valid|available|at this|active|accept(?:s|ing)? (?:mail|messages|e-?mail))|(?:has|hat) left (?:the )?(?:company|organi[sz]ation)|obsolete address|address is (?:obsolete|no longer)|адрес (?:изменен|изменился)/,
  ],
  [
    'suspended',
    /(?:account|user|mail ?box|recipient|address|subscriber|service|customer|domain|e-?mail|konto|compte|cuenta|usuario|conta)\(?s?\)?\b[^.;]{0,60}\b(?:disabled|suspend(?:ed)?|inactiv[eo]?|locked|frozen|blocked|deactivated|not activ(?:e|ated)|expired|on hold|discontinued|unavailable due|barred|desactivad[oa]|inativ[oa]|d[eé]sactiv[eé]|gesperrt|deaktiviert)\b|(?:disabled|suspended|inactive|locked|frozen|deactivated|blocked|bad)[ /](?:account|user|mail ?box|recipient|member)|(?:inactive|disabled|suspended|expired) (?:e-?mail )?(?:address|user|recipient)|temporarily (?:disabled|suspended|limited|inactive)|заблокирован|отключен|停用|冻结|凍結|禁用|停止|無効|(?:mailbox|mail-?box) (?:is )?(?:disabled|inactive|busy|locked)|not able to receive|invalid\/inactive|been disabled/,
  ],
  [
    'address_unknown',
    /(?:user|recipient|mail ?box|account|address|addressee|alias|person|member|subscriber|local[- ]?part|mail ?user|destination|username|login)(?: name| address(?:es)?| account| e-?mail| id)?(?: \(?<>\)?| '[^']{1,80}'| "[^"]{1,80}"| \(\S{1,80}\)| \S{1,60})?(?::|\.\.\.)? ?\(?(?:is |was |were |are )?(?:unknown|not found|not known|does(?: not|n't| n't)(?: seem to)? exist|do(?: not|n't) exist|did(?: not|n't) exist|not exist(?:s|ed|ing)?|couldn't be found|could not be found|can(?:'t|not) be found|not (?:be )?recogni[sz]ed|not (?:a )?(?:valid|registered|present|listed|local)|isn't (?:valid|known|listed|registered)|invalid|nonexist(?:e|a)nt|non-exist(?:e|a)nt|undefined|unroutable|unrouteable|wrong|incorrect|misspelled)\b/,
  ],
  [
    'address_unknown',
    /(?:unknown|no such|nonexist(?:e|a)nt|non-exist(?:e|a)nt|no valid|not a (?:known|valid|local|registered)|isn't a valid|invalid|illegal|bad|undefined|wrong|incorrect|no)(?: or (?:illegal|invalid|unknown|misspelled))?(?: virtual| local| destination| recipient(?:'s)?| final| e-?mail| mail| relay| remote| internal| domino| active| smtp| lotus| to)?,? (?:user|recipient|mail ?box|account|address(?:ee)?|alias|person|member|subscriber|local[- ]part|mailid|mail ?user|rcpt|inbox|username|login)(?:s|es|\(s\)|name)?\b(?! (?:quota|verif|has|map|table))/,
  ],
  [
    'address_unknown',
    /(?:there is|there's) no (?:one|user|such|mail ?box|account)|no (?:one|body) (?:by|with|at|here)|nobody (?:by|with|here)|(?:doesn't|does not|don't|do not|not) have an? [^.;]{0,40}(?:account|mail ?box)|(?:recipient|user|address|mailbox|account)\b[^.;]{0,60}\b(?:not (?:listed|found|known|present|available) (?:in|on|at|here)|no longer available)|not (?:listed|found|known) in [^.;]{0,60}(?:address book|directory|database|table|map)|user unknown|unknown user|recipnotfound|recipientnotfound|#5\.1\.0 address rejected|nosuchuser|no-?such-?user|mail ?box (?:is )?(?:unavailable|not available)|requested action not taken: mail ?box|account (?:is )?(?:unavailable|not available)\b|badrcptto|validrcptto|user (?:is )?not (?:here|in|a local|registered|subscribed)|can(?:'t|not) (?:find|recogni[sz]e) (?:user|recipient|mailbox|address)|address (?:is )?(?:undeliverable|not deliverable)|no (?:mail ?box|account|user|recipient|address|person)[^.;]{0,24} (?:by|with|of|for|here|at|found|called|available)|isn't (?:in my|a) [^.;]{0,30}(?:user|mailbox|list of valid)|(?:may )?not (?:match|be) (?:a |any )?(?:valid )?(?:recipient|user|mailbox)s?\b|(?:can|could)(?:'t|not| not) find [^.;]{0,40}(?:user|recipient|mailbox|address)|(?:email|e-mail) (?:address )?(?:could not be found|not found|does not exist|you entered (?:couldn't|could not))|(?:wasn't|was not|not) found (?:at|on|in) \S|no known|5\.4\.1 (?:<>:? ?|\[?<>\]?:? ?)?(?:recipient|all recipient) address(?:es)? rejected ?: access denied|not our customer|this user does not|who is\b|said: 550 unknown|not a (?:valid|known|local|registered) (?:user|mailbox|recipient|address|subscriber)|(?:account|mailbox|user|address|recipient)\b[^.;]{0,30}\b(?:(?:has been|was|is|been) (?:closed|deleted|removed|cancell?ed)|closed permanently)|you entered|rcpt-?p1|rcp-p1|no valid recipients|recipients? (?:address(?:es)? )?(?:was|were|is|are) not (?:found|valid|known)|name is not (?:recogni[sz]ed|found)/,
  ],
  [
    'address_unknown',
    /(?:empf[aä]nger|benutzer|adresse|postfach|mailbox|konto|anschluss|teilnehmer)[^.;]{0,60}(?:unbekannt|existiert nicht|nicht (?:gefunden|bekannt|vorhanden|existent|existiert|ermittelt)|ung[uü]ltig)|(?:unbekannte[rs]?|ung[uü]ltige[rs]?) (?:empf|benutzer|adress|e-mail|postfach|teilnehm)|(?:utilisateur|destinataire|adresse|bo[iî]te|compte|usager|abonn[eé])[^.;]{0,60}(?:inconnue?|n'existe (?:pas|plus)|inexistant|introuvable|invalide)|(?:usuario|destinatario|direcci[oó]n|cuenta|buz[oó]n|casilla|correo)[^.;]{0,60}(?:desconocid|no existe|inexistente|inv[aá]lid|no (?:fue )?encontrad|no v[aá]lid)|no existe (?:el|la|dicha|este|esta|ese|una|un) |(?:utente|casella|indirizzo|destinatario|account)[^.;]{0,60}(?:sconosciut|inesistente|non esiste|non (?:è|e') (?:valid|stat|attiv)|non trovat|non valid)|(?:usu[aá]rio|destinat[aá]rio|endere[cç]o|conta|caixa)[^.;]{0,60}(?:desconhecid|n[aã]o existe|inexistente|inv[aá]lid|n[aã]o encontrad)/,
  ],
  [
    'address_unknown',
    /(?:пользовател|ящик|адрес|получател|учетн)[^.;]{0,60}(?:не существует|не найден|неизвест|отсутству|не зарегистрирован)|(?:нет (?:такого|такой|почтового)|несуществующ|неизвестный)|(?:用户|用戶|收件人|邮箱|信箱|郵箱|帐号|帳號|账号|地址|使用者|账户|帳戶)[^.;]{0,20}(?:不存在|未找到|找不到|无效|無效|错误|未知|不正确)|(?:无此|無此|没有|查无此|查無此|不存在的|无效的|無效的|未知)(?:用户|用戶|收件人|邮箱|信箱|帐号|帳號|账号|使用者|地址)|(?:ユーザ|宛先|メールアドレス|アドレス|メールボックス|受信者|アカウント)[^.;]{0,40}(?:存在し(?:ない|ません)|見つかり(?:ません|ませんでした)|見つからない|不明|ありません|登録されていません|間違|正しくありません)|(?:不明な|存在しない)(?:ユーザ|宛先|メール|アドレス)|(?:사용자|수신자|계정|주소)[^.;]{0,40}(?:존재하지|없습니다|없는|찾을 수 없)|(?:존재하지 않는|없는) ?(?:사용자|수신자|계정|주소|이메일)|(?:u[zż]ytkownik|adres|odbiorc|konto|skrzynk)[^.;]{0,40}(?:nie istnieje|nieznan|nie znaleziono)|(?:gebruiker|adres|ontvanger|mailbox|postvak)[^.;]{0,40}(?:bestaat niet|onbekend|niet gevonden)|(?:anv[aä]ndare|mottagare|adress)[^.;]{0,40}(?:finns inte|ok[aä]nd)|(?:kullan[ıi]c[ıi]|al[ıi]c[ıi]|adres)[^.;]{0,40}(?:bulunamad|mevcut de[gğ]il|yok)/,
  ],
]
