/** What servers write in other languages than English. */
import { rule } from './text-rule'

export const FULL_ABROAD = rule(
  'mailbox_full',
  '(?:postfach|mailbox|briefkasten) ~ (?:voll|überf|limit)|speicherplatz|zu ?viele mails',
  'bo[iî]te ~ (?:pleine|satur)|espace ~ insuffisant',
  '(?:buz[oó]n|casilla|bandeja) ~ (?:llen|excedid|sobrepas)|cuota|casella ~ (?:pien|esaur)|caixa ~ (?:chei|lotad|exced)',
  'переполнен|превышен|skrzynka ~ (?:pe[lł]n|przepe[lł]nion)|dolu\\b',
  '(?:邮箱|郵箱|信箱|空间|空間|容量)[^。]{0,20}(?:满|滿|不足|超)|超(?:过|過)[^。]{0,20}容量',
  '容量(?:が|を)?(?:超|オーバー|不足)|(?:メールボックス|受信箱)[^。]{0,30}(?:いっぱい|一杯|満杯)|용량',
)

export const SPAM_ABROAD = rule('spam', '垃圾|スパム|迷惑メール|спам')

export const SUSPENDED_ABROAD = rule(
  'suspended',
  '(?:konto|postfach|benutzer|adresse) ~ (?:gesperrt|deaktiviert)|compte ~ (?:d[eé]sactiv|suspend|bloqu)|(?:cuenta|usuario|buz[oó]n) ~ (?:desactivad|inactiv|suspendid|bloquead)',
  '(?:conta|caixa|usu[aá]rio) ~ (?:inativ|desativad|suspens|bloquead)|(?:casella|account|utente) ~ (?:disabilitat|sospes|inattiv)',
  'заблокирован|отключ[её]н|停用|冻结|凍結|禁用|停止(?:され|中)|無効',
)

export const UNKNOWN_ABROAD = rule(
  'address_unknown',
  '(?:empf[aä]nger|benutzer|adresse|postfach|mailbox|konto|anschlu[sß]+|teilnehmer) ~ (?:unbekannt|existiert nicht|nicht (?:gefunden|bekannt|vorhanden)|ung[uü]ltig)',
  '(?:unbekannte[rs]?|ung[uü]ltige[rs]?) (?:empf|benutzer|adress|e-mail|postfach|teilnehm)',
  "(?:utilisateur|destinataire|adresse|bo[iî]te|compte|usager|abonn[eé]) ~ (?:inconnue?|n'existe (?:pas|plus)|inexistant|introuvable|invalide)",
  '(?:usuario|destinatario|direcci[oó]n|cuenta|buz[oó]n|casilla|correo) ~ (?:desconocid|no existe|inexistente|inv[aá]lid|no (?:fue )?encontrad|no v[aá]lid)',
  // Domino's own words
  "n'est pas r[ée]pertori|(?:nicht im|nicht in) ~ (?:verzeichnis|adressbuch)|no figura en ~ directorio|non (?:[èe] )?(?:elencat|presente)\\w* ~ (?:rubrica|directory)",
  'no existe (?:el|la|dicha|este|esta|ese|una|un) ',
  '(?:utente|casella|indirizzo|destinatario) ~ (?:sconosciut|inesistente|non esiste|non trovat|non valid)',
  '(?:usu[aá]rio|destinat[aá]rio|endere[cç]o|conta|caixa) ~ (?:desconhecid|n[aã]o existe|inexistente|inv[aá]lid|n[aã]o encontrad)',
  '(?:пользовател|ящик|адрес|получател|учетн) ~ (?:не существует|не найден|неизвест|отсутству|не зарегистрирован)|нет (?:такого|почтового)|несуществующ',
  '(?:用户|用戶|收件人|邮箱|信箱|郵箱|帐号|帳號|账号|地址|使用者|账户|帳戶)[^。]{0,20}(?:不存在|未找到|找不到|无效|無效|错误|未知)',
  '(?:无此|無此|没有|查无此|查無此|不存在的|无效的|無效的|未知)(?:用户|用戶|收件人|邮箱|信箱|帐号|帳號|账号|使用者|地址)',
  '(?:ユーザ|宛先|メールアドレス|アドレス|メールボックス|受信者|アカウント)[^。]{0,40}(?:存在し(?:ない|ません)|見つかり(?:ません|ませんでした)|見つからない|不明|登録されていません)',
  '(?:不明な|存在しない)(?:ユーザ|宛先|メール|アドレス)',
  '(?:사용자|수신자|계정|주소)[^.;]{0,40}(?:존재하지|없습니다|없는|찾을 수 없)|(?:존재하지 않는|없는) ?(?:사용자|수신자|계정|주소)',
  '(?:u[zż]ytkownik|adres|odbiorc|konto|skrzynk) ~ (?:nie istnieje|nieznan|nie znaleziono)|(?:gebruiker|adres|ontvanger|postvak) ~ (?:bestaat niet|onbekend|niet gevonden)',
  '(?:anv[aä]ndare|mottagare|adress) ~ (?:finns inte|ok[aä]nd)|(?:kullan[ıi]c[ıi]|al[ıi]c[ıi]|adres) ~ (?:bulunamad|mevcut de[gğ]il)',
)
